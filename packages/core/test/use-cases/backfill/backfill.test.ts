import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/index.ts';
import { ArchivedDeliveries, type BackfillEvent, type BackfillOptions, backfill } from '../../../src/operations.ts';
import { isPortError, PortError } from '../../../src/ports/port-error.ts';
import { injectFault } from '../../../src/testing/index.ts';
import { arbitraryDeliveries } from '../../support/arbitrary-deliveries.ts';
import { csv, keyOf, openWorld, row, type World, type WorldPorts, withTransformer } from '../../support/world.ts';

const START = Date.UTC(2023, 2, 16);
const HOUR = 3_600_000;
const MARCH = { fromDay: '2023-03-01', toDay: '2023-03-31' };
const ALWAYS = { fromDay: '2023-01-01', toDay: '2024-12-31' };

type Options = Partial<BackfillOptions> & { readonly ports?: Partial<WorldPorts> };

let ids = 0;
const run = (world: World, { ports, ...options }: Options = {}) =>
  backfill(withTransformer({ ...world, ...ports }), {
    range: MARCH,
    filesPerRun: 2,
    policy: parsePolicy(),
    newRunId: () => `backfill-${++ids}`,
    wait: async () => {},
    ...options,
  });

/** Reads the archive of one world into another. */
const fromArchive = (from: World, to: World, options: Options = {}) =>
  run(to, {
    ...options,
    ports: {
      landing: new ArchivedDeliveries(from.archive.reader) as never,
      archive: undefined,
      quarantine: undefined,
      ...options.ports,
    },
  });

const statuses = (reports: Awaited<ReturnType<typeof backfill>>) =>
  reports.map(({ files }) => files.map(({ status }) => status).join());

const land = (world: World, ...days: readonly string[]) => {
  for (const [i, day] of days.entries()) world.landing.put(keyOf(day), csv(row(`T-${day}`, { day })), START + i * HOUR);
};

describe('a backfill from the landing place', () => {
  test('loads the days of the range in runs, oldest first, and leaves the others', async () => {
    const world = await openWorld();
    land(world, '2023-04-01', '2023-03-03', '2023-03-01', '2023-02-28', '2023-03-02');
    const events: BackfillEvent[] = [];
    const reports = await run(world, { onEvent: (event) => events.push(event) });
    expect(reports.map(({ files }) => files.map(({ key }) => key))).toEqual([
      [keyOf('2023-03-01'), keyOf('2023-03-02')],
      [keyOf('2023-03-03')],
    ]);
    expect((await world.facts()).map(({ transaction_id: id }) => id)).toEqual([
      'T-2023-03-01',
      'T-2023-03-02',
      'T-2023-03-03',
    ]);
    expect(world.landing.peek(keyOf('2023-04-01'))).toBeDefined();
    expect(world.landing.peek(keyOf('2023-03-01'))).toBeUndefined();
    expect([...world.archive.stored.keys()]).toEqual([keyOf('2023-03-01'), keyOf('2023-03-02'), keyOf('2023-03-03')]);
    expect(events[0]).toMatchObject({ kind: 'backfill-planned', files: 3, runs: 2 });
    expect(events.filter(({ kind }) => kind === 'backfill-run-ended')).toMatchObject([
      { place: 1, runs: 2 },
      { place: 2, runs: 2 },
    ]);
  });

  test('does nothing where no file is of these days', async () => {
    const world = await openWorld();
    land(world, '2023-04-01');
    expect(await run(world)).toEqual([]);
    expect(await world.warehouse.runs({ limit: 10 })).toEqual([]);
  });

  test('never lets an old row beat a newer one, although it is loaded later', async () => {
    const world = await openWorld();
    const correction = { day: '2023-03-20', quantity: 2 };
    world.landing.put(keyOf('2023-03-20'), csv(row('T-1', correction)), START);
    await world.run();
    world.landing.put(keyOf('2023-03-01'), csv(row('T-1', { day: '2023-03-01', quantity: 1 })), START + HOUR);
    expect(await run(world)).toMatchObject([{ totals: { read: 1, stale: 1 } }]);
    expect(await world.facts()).toMatchObject([{ quantity: 2 }]);
  });

  test('stops before its next run where it is told to, and goes on there when repeated', async () => {
    const world = await openWorld();
    land(world, '2023-03-01', '2023-03-02', '2023-03-03');
    const controller = new AbortController();
    const onEvent = ({ kind }: BackfillEvent) =>
      kind === 'backfill-run-ended' && controller.abort(new Error('stopped'));
    await expect(run(world, { filesPerRun: 1, signal: controller.signal, onEvent })).rejects.toThrow('stopped');
    expect(await world.facts()).toHaveLength(1);
    expect(statuses(await run(world, { filesPerRun: 1 }))).toEqual(['loaded', 'loaded']);
    expect(await world.facts()).toHaveLength(3);
  });

  test('throws what its run threw, keeps the runs before it, and tries again what may pass', async () => {
    const world = await openWorld();
    land(world, '2023-03-01', '2023-03-02', '2023-03-03');
    const error = (retryable: boolean) => new PortError({ code: 'warehouse.unreachable', message: 'Gone.', retryable });
    const broken = (retryable: boolean) =>
      injectFault(world.warehouse, { method: 'openStage', call: 2, when: 'before', error: error(retryable) }).port;
    const failing = run(world, { filesPerRun: 1, ports: { warehouse: broken(false) } });
    await expect(failing).rejects.toMatchObject({ code: 'warehouse.unreachable' });
    expect(await world.facts()).toHaveLength(1);
    expect(statuses(await run(world, { filesPerRun: 1, ports: { warehouse: broken(true) } }))).toEqual([
      'loaded',
      'loaded',
    ]);
    expect(await world.facts()).toHaveLength(3);
  });

  test('refuses a range that is none', async () => {
    const range = { fromDay: '2023-03-02', toDay: '2023-03-01' };
    await expect(run(await openWorld(), { range })).rejects.toThrow(RangeError);
  });
});

describe('a backfill from the archive', () => {
  test('fills an empty warehouse with the facts that there were, whatever was delivered and however it is split', async () => {
    let facts = 0;
    let hashed = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryDeliveries, fc.integer({ min: 1, max: 4 }), async (all, filesPerRun) => {
        const [world, fresh] = [await openWorld(), await openWorld()];
        for (const { key, content, modifiedAt } of all) {
          // A run comes before a delivery that would take the place of another, else that one would never have been delivered.
          if (world.landing.peek(key) !== undefined) await world.run();
          world.landing.put(key, content, modifiedAt);
        }
        await world.run();
        await fromArchive(world, fresh, { range: ALWAYS, filesPerRun });
        expect(await fresh.facts()).toEqual(await world.facts());
        facts += (await world.facts()).length;
        hashed += [...world.archive.stored.keys()].filter((name) => /\.[0-9a-f]{12}\./.test(name)).length;
      }),
      { numRuns: 150 },
    );
    // Else the generator would have lost its way.
    expect(facts).toBeGreaterThan(150);
    expect(hashed).toBeGreaterThan(10);
  }, 120_000);

  test('may be killed at any call and repeated', async () => {
    const world = await openWorld();
    land(world, '2023-03-01', '2023-03-02', '2023-03-03');
    await world.run();
    world.landing.put(
      keyOf('2023-03-01'),
      csv(row('T-2023-03-01', { day: '2023-03-01', quantity: 5 })),
      START + 9 * HOUR,
    );
    await world.run();
    const expected = await world.facts();
    const error = new PortError({ code: 'warehouse.unreachable', message: 'Gone.' });
    let isDone = false;
    for (let call = 1; !isDone; call++) {
      for (const when of ['before', 'after'] as const) {
        const fresh = await openWorld();
        const faulty = injectFault(fresh.warehouse, { method: '*', call, when, error });
        await fromArchive(world, fresh, { ports: { warehouse: faulty.port } }).catch((thrown: unknown) => {
          if (!isPortError(thrown)) throw thrown;
        });
        await fromArchive(world, fresh);
        expect(await fresh.facts()).toEqual(expected);
        isDone = !faulty.happened();
      }
    }
  });

  test('moves nothing, and passes over what is loaded', async () => {
    const world = await openWorld();
    land(world, '2023-03-01', '2023-03-02', '2023-03-03');
    await world.run();
    const [before, runs] = [[...world.archive.stored], await world.warehouse.runs({ limit: 10 })];
    expect(statuses(await fromArchive(world, world))).toEqual(['already-loaded,already-loaded', 'already-loaded']);
    expect([[...world.archive.stored], await world.warehouse.runs({ limit: 10 })]).toEqual([before, runs]);
  });

  test('reads a content under a name with its hash under the key that it had', async () => {
    const [world, fresh] = [await openWorld(), await openWorld()];
    const key = keyOf('2023-03-01');
    for (const quantity of [1, 2]) {
      world.landing.put(key, csv(row('T-1', { day: '2023-03-01', quantity })), START + quantity * HOUR);
      await world.run();
    }
    const reports = await fromArchive(world, fresh);
    expect(reports.map(({ files }) => files.map((file) => file.key))).toEqual([[key], [key]]);
    expect(await fresh.facts()).toEqual(await world.facts());
    expect(await fresh.facts()).toMatchObject([{ quantity: 2, source_key: key, source_modified: START + 2 * HOUR }]);
  });

  test("takes a name for the shop's own where the digits in it are not those of the content", async () => {
    const [world, fresh] = [await openWorld(), await openWorld()];
    const key = keyOf('2023-03-01', 'sales.0123456789ab.csv');
    world.landing.put(key, csv(row('T-1', { day: '2023-03-01' })), START);
    await world.run();
    expect(await fromArchive(world, fresh)).toMatchObject([{ files: [{ key, status: 'loaded' }] }]);
  });
});
