import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy, type ReplayEvent } from '../../../src/index.ts';
import type { Reject } from '../../../src/ports/reject-store.port.ts';
import { type ReplayPorts, replayRejects } from '../../../src/use-cases/replay/index.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { csv, DIMENSIONS, HEADER, keyOf, openBareWorld, openWorld, row, type World } from '../../support/world.ts';

const KEY = keyOf('2023-03-15');
const NEXT_KEY = keyOf('2023-03-16');
const HOUR = 3_600_000;
const START = Date.UTC(2023, 2, 16);

/** A bare world that holds the rows as orphans. */
async function openOrphanage(...rows: readonly string[]): Promise<World> {
  const world = openBareWorld();
  world.landing.put(KEY, csv(...rows), START);
  await world.run();
  return world;
}

async function loadDimensions(world: World): Promise<void> {
  for (const load of DIMENSIONS) await load(world);
}

const statesOf = async ({ warehouse }: World) => (await warehouse.rejects()).map(({ state }) => state);

describe('a replay', () => {
  test('heals an orphan once its product and its customer are there, and resolves its reject', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2', { product: 'P-9' }));
    await loadDimensions(world);
    const report = await world.replay();
    expect(report).toMatchObject({ read: 2, healed: 1, changed: 1, unchanged: 0, unreadable: 0, runs: ['replay-2'] });
    expect(report.totals).toMatchObject({ read: 2, inserted: 1, rejected: 1 });
    expect(await world.facts()).toMatchObject([
      { transaction_id: 'T-1', source_key: KEY, source_day: '2023-03-15', source_modified: START, source_line: 2 },
    ]);
    expect(await statesOf(world)).toEqual(['resolved', 'open']);
    expect((await world.warehouse.run('replay-2'))!.files).toMatchObject([{ key: KEY, status: 'replayed' }]);
  });

  test('keeps the version of the first delivery: an old row that heals never overwrites a newer one', async () => {
    const world = await openOrphanage(row('T-1', { quantity: 1 }));
    await loadDimensions(world);
    world.landing.put(NEXT_KEY, csv(row('T-1', { quantity: 2 })), START + HOUR);
    await world.run();
    expect(await world.replay()).toMatchObject({ healed: 1, totals: { read: 1, stale: 1 } });
    expect(await world.facts()).toMatchObject([{ quantity: 2, source_key: NEXT_KEY }]);
    expect(await statesOf(world)).toEqual(['resolved']);
  });

  test('writes nothing, not even a run, where every row is rejected as before', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2', { quantity: 0 }));
    const [before, runs] = [await world.warehouse.rejects(), await world.warehouse.runs({ limit: 10 })];
    expect(await world.replay()).toMatchObject({ read: 2, unchanged: 2, runs: [] });
    expect([await world.warehouse.rejects(), await world.warehouse.runs({ limit: 10 })]).toEqual([before, runs]);
  });

  test('keeps other faults of a row that is rejected again, and no second reject', async () => {
    const world = await openOrphanage(row('T-1', { product: 'P-9', quantity: 0 }));
    await loadDimensions(world);
    const report = await world.replay();
    expect(report).toMatchObject({ changed: 1, totals: { read: 1, rejected: 1 } });
    const rejects = await world.warehouse.rejects();
    expect(rejects.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
      ['quantity-not-positive', 'product-unknown'],
    ]);
    const { files } = (await world.warehouse.run(report.runs[0]!))!;
    expect(files[0]!.rejectsByCode).toEqual({ 'quantity-not-positive': 1, 'product-unknown': 1 });
    expect(await world.replay()).toMatchObject({ unchanged: 1, runs: [] });
  });

  test('goes by the policy in force', async () => {
    const world = await openOrphanage(row('T-1').replace('Cash', 'Barter'));
    await loadDimensions(world);
    await world.replay({ policy: parsePolicy({ paymentTypes: ['Barter'] }) });
    expect(await world.facts()).toMatchObject([{ transaction_id: 'T-1', payment_type: 'Barter' }]);
  });

  test('leaves records that were not kept whole and as text, and tells them', async () => {
    const world = openBareWorld({ maxRecordBytes: 1024 });
    const content = new TextEncoder().encode(
      csv(row('T-1').replace('Cash', 'x'.repeat(1100)), 'T-2,\u0000', row('T-3')),
    );
    world.landing.put(KEY, content, START);
    await world.run();
    await loadDimensions(world);
    const { contentHash } = (await world.warehouse.run('run-1'))!.files[0]!;
    expect(await world.replay()).toMatchObject({
      healed: 1,
      unreadable: 2,
      firstUnreadable: [
        { key: KEY, contentHash, line: 2 },
        { key: KEY, contentHash, line: 3 },
      ],
    });
    expect(await statesOf(world)).toEqual(['open', 'open', 'resolved']);
  });

  test('does not count its delivery as committed anew, nor leaves it out for being committed', async () => {
    const world = await openOrphanage(row('T-1'));
    await loadDimensions(world);
    await world.replay();
    world.landing.put(KEY, csv(row('T-1')), START);
    expect((await world.run()).files).toMatchObject([{ status: 'already-loaded' }]);
  });

  test('makes a run for each content of a key, and for so many rejects', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2'), row('T-3'));
    world.landing.put(KEY, csv(row('T-4'), row('T-5')), START + HOUR);
    await world.run();
    await loadDimensions(world);
    const sizes: number[] = [];
    const report = await world.replay({
      rejectsARun: 2,
      onEvent: (event) => event.kind === 'run-ended' && sizes.push(event.report.totals.read),
    });
    expect(sizes.sort()).toEqual([1, 2, 2]);
    expect(report).toMatchObject({ healed: 5, totals: { inserted: 5 } });
    expect(report.runs).toHaveLength(3);
  });

  test('takes only what the filter names, and no more than the limit', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2'), row('T-3', { product: 'P-2' }));
    await loadDimensions(world);
    expect(await world.replay({ filter: { line: 4 } })).toMatchObject({ healed: 1 });
    expect(await world.replay({ limit: 1 })).toMatchObject({ healed: 1 });
    expect((await world.facts()).map(({ transaction_id }) => transaction_id)).toEqual(['T-1', 'T-3']);
  });

  test('leaves dismissed rejects alone', async () => {
    const world = await openOrphanage(row('T-1'));
    await loadDimensions(world);
    expect(await world.warehouse.dismissRejects({})).toBe(1);
    expect(await world.replay()).toMatchObject({ read: 0, runs: [] });
  });

  test('tells about each of its runs as an ingest does, and of none where nothing changes', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2', { product: 'P-9' }));
    const tell = async () => {
      const events: ReplayEvent[] = [];
      await world.replay({ onEvent: (event) => events.push(event) });
      return events;
    };
    expect(await tell()).toEqual([{ kind: 'rejects-read', rejects: 2 }]);
    await loadDimensions(world);
    expect(await tell()).toMatchObject([
      { kind: 'rejects-read', rejects: 2 },
      { kind: 'run-started', runId: 'replay-3', operation: 'replay' },
      { kind: 'committing', files: 1 },
      { kind: 'file-ended', file: { key: KEY, status: 'replayed', inserted: 1, rejected: 1 } },
      {
        kind: 'run-ended',
        report: { runId: 'replay-3', status: 'succeeded-with-rejects' },
        phases: { reading: 0, committing: 0 },
      },
    ]);
  });

  test('changes nothing more where two replay at once', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2'), row('T-3', { product: 'P-9' }));
    await loadDimensions(world);
    const failures: ReplayEvent[] = [];
    const onEvent = (event: ReplayEvent) => event.kind === 'run-failed' && failures.push(event);
    const reports = await Promise.all([world.replay({ onEvent }), world.replay({ onEvent })]);
    expect(failures).toMatchObject([{ problem: { code: 'warehouse.rejects-settled' } }]);
    expect(reports.map(({ healed, changed }) => healed + changed).sort()).toEqual([0, 3]);
    expect(await world.facts()).toHaveLength(2);
    expect(await statesOf(world)).toEqual(['resolved', 'resolved', 'open']);
  });

  test('records the run that failed, and leaves what it was about', async () => {
    const world = await openOrphanage(row('T-1'));
    await loadDimensions(world);
    const failing = {
      openStage: async (runId: string) => {
        const stage = await world.warehouse.openStage(runId);
        return {
          writeRows: (lines: Uint8Array) => stage.writeRows(lines),
          writeRejects: (lines: Uint8Array) => stage.writeRejects(lines),
          commit: () => Promise.reject(new Error('the disk is full')),
          preview: () => Promise.reject(new Error('nobody asks for it')),
          close: () => stage.close(),
        };
      },
      recordFailedRun: world.warehouse.recordFailedRun.bind(world.warehouse),
    };
    const events: ReplayEvent[] = [];
    const onEvent = (event: ReplayEvent) => events.push(event);
    await expect(world.replay({ onEvent }, failing)).rejects.toThrow('the disk is full');
    expect(events.at(-1)).toMatchObject({ kind: 'run-failed', problem: { code: 'internal' } });
    expect(await statesOf(world)).toEqual(['open']);
    expect(await world.warehouse.run('replay-2')).toMatchObject({ status: 'failed', error: 'the disk is full' });
  });

  test('ends before its commit where the signal says so', async () => {
    const world = await openOrphanage(row('T-1'));
    await loadDimensions(world);
    const abort = new AbortController();
    const onEvent = () => abort.abort(new Error('enough'));
    await expect(world.replay({ signal: abort.signal, onEvent })).rejects.toThrow('enough');
    expect(await world.facts()).toEqual([]);
    expect(await world.warehouse.runs({ limit: 10 })).toHaveLength(1);
  });

  test('gives every kept record the faults that it had in its file', async () => {
    const parts = fc.constantFrom(
      '"',
      '"',
      ',',
      '\n',
      '\r',
      '\r\n',
      ' ',
      'x',
      '""',
      'é',
      '\0',
      '","',
      row('T-1'),
      `${row('T-2')}\n`,
    );
    let replayed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 12, maxLength: 36 }), async (texts) => {
        const world = await openWorld();
        world.landing.put(KEY, `${HEADER}\n${texts.join('')}`, START);
        const { totals } = await world.run();
        const report = await world.replay();
        expect(report).toMatchObject({ read: totals.rejected, healed: 0, changed: 0 });
        replayed += report.unchanged;
      }),
      { numRuns: 150 },
    );
    // Else the generator would have lost its way.
    expect(replayed).toBeGreaterThan(150);
  }, 60_000);

  test('is told by its own error, also where that is none, cannot be recorded, and its stage cannot be closed', async () => {
    const world = await openOrphanage(row('T-1'));
    await loadDimensions(world);
    const failing = (fault: unknown, rest: Partial<ReplayPorts['warehouse']>): ReplayPorts['warehouse'] => ({
      openStage: async (runId) =>
        replaceMethods(await world.warehouse.openStage(runId), {
          commit: () => Promise.reject(fault),
          close: () => Promise.reject(new Error('It cannot be closed.')),
        }),
      recordFailedRun: (run) => world.warehouse.recordFailedRun(run),
      ...rest,
    });
    const recordFailedRun = () => Promise.reject(new Error('Gone.'));
    await expect(world.replay({}, failing('a mere text', { recordFailedRun }))).rejects.toBe('a mere text');
    await expect(world.replay({}, failing('a mere text', {}))).rejects.toBe('a mere text');
    expect(await world.warehouse.run('replay-3')).toMatchObject({ status: 'failed', error: 'a mere text' });
  });

  test('leaves a record whose header the policy in force takes for too long', async () => {
    const world = openBareWorld({ maxRecordBytes: 4096 });
    const wide = [`${HEADER},${'x'.repeat(2000)}`, `${row('T-1')},`, ''].join('\n');
    world.landing.put(KEY, wide, START);
    await world.run();
    await loadDimensions(world);
    const narrow = parsePolicy({ maxRecordBytes: 1024 });
    expect(await world.replay({ policy: narrow })).toMatchObject({ healed: 0, unreadable: 1 });
    expect(await world.replay()).toMatchObject({ healed: 1, unreadable: 0 });
  });

  test('stages the rows of very many rejects in blocks', async () => {
    const world = await openOrphanage(...Array.from({ length: 4000 }, (_, i) => row(`T-${i}`)));
    await loadDimensions(world);
    const sizes: number[] = [];
    const counting: ReplayPorts['warehouse'] = {
      openStage: async (runId) => {
        const stage = await world.warehouse.openStage(runId);
        const writeRows = async (lines: Uint8Array) => {
          sizes.push(lines.length);
          await stage.writeRows(lines);
        };
        return replaceMethods(stage, { writeRows });
      },
      recordFailedRun: (run) => world.warehouse.recordFailedRun(run),
    };
    expect(await world.replay({}, counting)).toMatchObject({ healed: 4000, totals: { inserted: 4000 } });
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.length).toBeLessThan(10);
  });

  test('ends a run before a second content of a key, also amid a page, and goes on behind it', async () => {
    const world = await openOrphanage(row('T-1'));
    world.landing.put(KEY, csv(row('T-2')), START + HOUR);
    await world.run();
    await loadDimensions(world);
    const report = await world.replay({ rejectsARun: 100 });
    expect(report).toMatchObject({ healed: 2, read: 2, isComplete: true });
    expect(report.runs).toHaveLength(2);
  });

  test('ends where the store gives the same rejects again, or a record that is not one', async () => {
    const world = await openOrphanage(row('T-1'), row('T-2'));
    const { warehouse, dimensions, clock } = world;
    const all: Reject[] = [];
    for await (const page of warehouse.readRejects({})) all.push(...page);
    const replay = (rejects: readonly Reject[]) => {
      const store: ReplayPorts['rejects'] = {
        readRejects: async function* () {
          yield rejects;
        },
      };
      const ports = { rejects: store, warehouse, dimensions, clock };
      return replayRejects(ports, { newRunId: () => 'replay', policy: parsePolicy(), rejectsARun: 1 });
    };
    await expect(replay(all.slice(0, 1))).rejects.toThrow('gave the same rejects again');
    const doubled = { ...all[0]!, rawRecord: `${all[0]!.rawRecord}\n${all[0]!.rawRecord}` };
    await expect(replay([doubled])).rejects.toThrow(`The record on line 2 of ${KEY} was replayed as 2 records.`);
  });
});
