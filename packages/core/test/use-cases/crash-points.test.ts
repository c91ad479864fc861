import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { PortError } from '../../src/ports/port-error.ts';
import { injectFault } from '../../src/testing/index.ts';
import { csv, keyOf, openWorld, row, type World, type WorldPorts } from '../support/world.ts';

const PORTS = {
  landing: new PortError({ code: 'landing.unreadable', message: 'The landing place broke.', retryable: true }),
  archive: new PortError({ code: 'archive.write-failed', message: 'The archive broke.' }),
  quarantine: new PortError({ code: 'archive.write-failed', message: 'The quarantine broke.' }),
  warehouse: new PortError({ code: 'warehouse.unreachable', message: 'The warehouse broke.', retryable: true }),
  dimensions: new PortError({ code: 'warehouse.unreachable', message: 'The catalog broke.', retryable: true }),
};
type PortName = keyof typeof PORTS;

const CORRECTED = keyOf('2023-03-14');

/** Two days were loaded; a corrected file, a new, a packed, an empty and a refused one wait, and one that was loaded. */
async function openWaitingWorld(): Promise<World> {
  const world = await openWorld({ decisions: 'all' });
  const again = csv(row('T-3'), row('T-4'));
  world.landing.put(CORRECTED, csv(row('T-1', { day: '2023-03-14' }), row('T-2', { day: '2023-03-14' })));
  world.landing.put(keyOf('2023-03-15'), again);
  await world.run();
  world.landing.put(CORRECTED, csv(row('T-1', { day: '2023-03-14', quantity: 3 }), row('T-2', { day: '2023-03-14' })));
  world.landing.put(keyOf('2023-03-15'), again);
  world.landing.put(
    keyOf('2023-03-16'),
    csv(row('T-3', { status: 'Refunded' }), row('T-5'), row('T-6', { quantity: 0 })),
  );
  world.landing.put(keyOf('2023-03-17', 'x.csv.gz'), gzipSync(csv(row('T-7'), row('T-7', { quantity: 2 }))));
  world.landing.put(keyOf('2023-03-18'), csv());
  world.landing.put(keyOf('2023-03-19'), 'not,ours\n1,2\n');
  return world;
}

/** All that must not depend on where a run was interrupted. */
async function describeWorld(world: World) {
  const runs = await Promise.all(
    (await world.warehouse.runs({ limit: 100 })).map(({ runId }) => world.warehouse.run(runId)),
  );
  const recorded = runs.flatMap((run) => run?.files ?? []).filter(({ status }) => status !== 'refused');
  for (const { books } of recorded) {
    const { inserted, updated, unchanged, stale, duplicate, rejected } = books;
    expect(books.read).toBe(inserted + updated + unchanged + stale + duplicate + rejected);
  }
  const landed: string[] = [];
  for await (const page of world.landing.list()) landed.push(...page.map(({ key }) => key));
  const contents = (stored: ReadonlyMap<string, Uint8Array>) =>
    [...stored].map(([key, bytes]) => `${key} ${Buffer.from(bytes).toString('base64')}`).sort();
  return {
    facts: await world.facts(),
    rejects: (await world.warehouse.rejects()).map(({ run_id: _, ...reject }) => JSON.stringify(reject)).sort(),
    decisions: (await world.warehouse.decisions()).map(({ run_id: _, ...decision }) => JSON.stringify(decision)).sort(),
    deliveries: recorded
      .map(({ key, contentHash, status, books }) => JSON.stringify([key, contentHash, status, books]))
      .sort(),
    archived: contents(world.archive.stored),
    quarantined: contents(world.quarantine.stored),
    landed,
  };
}

function withFault(world: World, name: PortName, call: number, when: 'before' | 'after', error: unknown) {
  const { port, happened } = injectFault<NonNullable<WorldPorts[PortName]>>(world[name], {
    method: '*',
    call,
    when,
    error,
  });
  return { ports: { [name]: port } as Partial<WorldPorts>, happened };
}

const CASES = (Object.keys(PORTS) as PortName[]).flatMap((name) =>
  (['before', 'after'] as const).flatMap((when) =>
    [
      ['a fault of the port', PORTS[name]],
      ['a crash', new Error('The process died.')],
    ].map(([title, error]) => [name, when, title as string, error as Error] as const),
  ),
);

describe('a run that is interrupted at any call of a port and then repeated', () => {
  test.each(CASES)('ends as one that was not: %s, %s its effect, %s', async (name, when, _, error) => {
    const calm = await openWaitingWorld();
    await calm.run();
    const expected = await describeWorld(calm);
    expect(expected.landed).toEqual([]);
    expect(expected.facts.length).toBe(6);

    let interrupted = 0;
    for (let call = 1; ; call++) {
      const world = await openWaitingWorld();
      const { ports, happened } = withFault(world, name, call, when, error);
      const outcome = await world.run({ ports }).catch((thrown: unknown) => {
        expect(thrown).toBe(error);
      });
      if (!happened()) {
        expect(outcome?.status).toBe('succeeded-with-rejects');
        break;
      }
      interrupted++;
      // Whatever happened, no fact is there without its whole run.
      const seen = await world.facts();
      const isPartial = outcome?.status === 'failed';
      if (!isPartial) expect([4, 6]).toContain(seen.length);
      await world.run();
      expect({ call, ...(await describeWorld(world)) }).toEqual({ call, ...expected });
      // Once more does nothing more.
      await world.run();
      expect({ call, ...(await describeWorld(world)) }).toEqual({ call, ...expected });
    }
    expect(interrupted).toBeGreaterThan(0);
  });

  test.each(['landing', 'archive', 'quarantine', 'warehouse', 'dimensions'] as const)(
    'and interrupted again and again ends as one that was not: %s',
    async (name) => {
      const calm = await openWaitingWorld();
      await calm.run();
      const expected = await describeWorld(calm);
      const world = await openWaitingWorld();
      for (let call = 1; call < 40; call++) {
        const { ports } = withFault(
          world,
          name,
          call,
          call % 2 === 0 ? 'before' : 'after',
          new Error('The process died.'),
        );
        await world.run({ ports }).catch(() => undefined);
      }
      await world.run();
      expect(await describeWorld(world)).toEqual(expected);
    },
  );
});
