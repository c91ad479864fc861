import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { PortError } from '../../src/ports/port-error.ts';
import type { Warehouse } from '../../src/ports/warehouse.port.ts';
import { injectFault } from '../../src/testing/index.ts';
import { ingest } from '../../src/use-cases/ingest.ts';
import { csv, keyOf, openWorld, row, withTransformer } from '../support/world.ts';

const passing = new PortError({ code: 'warehouse.unreachable', message: 'Gone for now.', retryable: true });
const lasting = new PortError({ code: 'warehouse.not-initialised', message: 'No tables.' });

async function ingestWith(faults: readonly unknown[], signal?: AbortSignal) {
  const world = await openWorld();
  world.landing.put(keyOf('2023-03-15'), csv(row('T-1')));
  let warehouse: Warehouse = world.warehouse;
  faults.forEach((error, i) => {
    warehouse = injectFault(warehouse, {
      method: 'committedHashes',
      call: faults.length - i,
      when: 'after',
      error,
    }).port;
  });
  const waits: number[] = [];
  let runs = 0;
  const outcome = await ingest(withTransformer({ ...world, warehouse }), {
    policy: parsePolicy(),
    newRunId: () => `run-${++runs}`,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    onEvent: (event) => world.events.push(event),
    signal,
  }).catch((error: unknown) => ({ error }));
  const retries = world.events.filter(({ kind }) => kind === 'retrying');
  return { outcome, waits, retries, runs };
}

describe('a run is tried again', () => {
  test('after a fault that may pass, with a run id of its own, after growing pauses', async () => {
    const { outcome, waits, retries } = await ingestWith([passing, passing]);
    expect(outcome).toMatchObject({ runId: 'run-3', totals: { inserted: 1 } });
    expect(waits).toEqual([500, 2000]);
    expect(retries).toEqual([
      { kind: 'retrying', attempt: 2, reason: 'Gone for now.' },
      { kind: 'retrying', attempt: 3, reason: 'Gone for now.' },
    ]);
  });

  test('three times at most', async () => {
    const { outcome, runs } = await ingestWith([passing, passing, passing]);
    expect(outcome).toEqual({ error: passing });
    expect(runs).toBe(3);
  });

  test.each([
    ['after a fault that lasts', lasting],
    ['after an error that is no fault of a port', new Error('A bug.')],
  ])('not %s', async (_, error) => {
    expect(await ingestWith([error])).toMatchObject({ outcome: { error }, runs: 1, waits: [] });
  });

  test('not after it was aborted', async () => {
    expect(await ingestWith([passing], AbortSignal.abort())).toMatchObject({ outcome: { error: passing }, runs: 1 });
  });
});

test('the pauses are real ones where nobody gives others', async () => {
  const world = await openWorld();
  const { port } = injectFault(world.warehouse, { method: 'committedHashes', call: 1, when: 'before', error: passing });
  let runs = 0;
  const report = await ingest(withTransformer({ ...world, warehouse: port }), {
    policy: parsePolicy(),
    newRunId: () => `run-${++runs}`,
  });
  expect(report.runId).toBe('run-2');
});
