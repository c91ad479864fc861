import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/index.ts';
import type { Clock } from '../../src/ports/clock.port.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { type RunEvent, RunEventLog, runEventJsonSchema, runEventSchema } from '../../src/telemetry/index.ts';
import { FixedClock, injectFault, ManualClock } from '../../src/testing/index.ts';
import { ingest } from '../../src/use-cases/ingest.ts';
import { openMixedWorld } from '../support/mixed-world.ts';
import { keyOf, withTransformer } from '../support/world.ts';

const KEY = keyOf('2023-03-15');
const KINDS = runEventSchema.options.map(({ shape }) => shape.kind.value);

function openLog(clock: Clock = new FixedClock()) {
  const events: RunEvent[] = [];
  return { events, log: new RunEventLog(clock, (event) => events.push(event)) };
}

test('the schema in docs/run-event.schema.json is the one that the code goes by; scripts/write-schemas.mjs writes it', () => {
  const published = readFileSync(new URL('../../../../docs/run-event.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(runEventJsonSchema())));
});

describe('the events of a run', () => {
  test('fit the schema that is published, in every kind and to the last member', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    await world.run({ onEvent: log.take });
    const gone = new PortError({ code: 'warehouse.unreachable', message: 'It is gone.', retryable: true });
    const failing = { ...world.warehouse, committedHashes: () => Promise.reject(gone) };
    await expect(
      ingest(
        { ...withTransformer(world), warehouse: { ...failing, recordFailedRun: () => Promise.resolve() } },
        { newRunId: () => 'again', policy: parsePolicy(), wait: () => Promise.resolve(), onEvent: log.take },
      ),
    ).rejects.toBe(gone);
    log.take({ kind: 'undo-started', runId: 'run-2' });
    const counts = { facts: 3, restored: 1, deleted: 1, left: 1, replaced: 0 };
    log.take({ kind: 'undo-ended', runId: 'run-2', undoneAt: 0, counts });
    log.take({
      kind: 'undo-failed',
      runId: 'run-2',
      problem: { code: 'a.b', message: 'It broke.', remedy: undefined },
    });
    expect(events.slice(-2)).toMatchObject([
      { runId: 'run-2', kind: 'undo-ended', error: null, undoneAt: '1970-01-01T00:00:00.000Z', ...counts },
      { runId: 'run-2', kind: 'undo-ended', error: { code: 'a.b' }, undoneAt: null, facts: 0 },
    ]);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    for (const event of events) {
      // As programs read it. A member that the schema does not know would be left out here.
      const read = JSON.parse(JSON.stringify(event));
      expect(runEventSchema.parse(read)).toEqual(read);
    }
  });

  test('carry the id of their run and the time at which they were told', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    await world.run({ onEvent: log.take });
    await world.run({ onEvent: log.take });
    const ids = events.map(({ runId }) => runId);
    expect(new Set(ids)).toEqual(new Set(['run-2', 'run-3']));
    expect(ids).toEqual(ids.toSorted());
    for (const event of events) expect(event).toMatchObject({ version: 1, time: '2023-03-16T01:00:00.000Z' });
  });

  test('end with the books, and with the number of files that ended so', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    const { totals, warnings } = await world.run({ onEvent: log.take });
    expect(events.at(-1)).toEqual({
      version: 1,
      time: '2023-03-16T01:00:00.000Z',
      runId: 'run-2',
      kind: 'run-ended',
      status: 'succeeded-with-rejects',
      error: null,
      totals,
      files: { 'already-loaded': 1, loaded: 1, empty: 1, refused: 1 },
      archived: 3,
      quarantined: 1,
      notMoved: 0,
      warnings,
      phases: { listing: 0, dimensions: 0, reading: 0, committing: 0, moving: 0 },
    });
  });

  test('end with the reason, and with empty books, where the run failed', () => {
    const { log, events } = openLog();
    log.take({ kind: 'run-started', runId: 'run-1', operation: 'replay' });
    const problem = { code: 'warehouse.unreachable', message: 'It is gone.', remedy: undefined };
    log.take({ kind: 'run-failed', problem, phases: { reading: 7 } });
    expect(events).toMatchObject([
      { runId: 'run-1', operation: 'replay' },
      {
        kind: 'run-ended',
        status: 'failed',
        error: { code: 'warehouse.unreachable', message: 'It is gone.', remedy: null },
        totals: { read: 0, inserted: 0, rejected: 0 },
        files: {},
        phases: { reading: 7 },
      },
    ]);
  });

  test('say null where there is nothing to say: no remedy, no hash, no place that took a file', async () => {
    const { log, events } = openLog();
    const world = await openMixedWorld();
    const error = new PortError({
      code: 'landing.unreadable',
      message: 'It cannot be read.',
      remedy: 'Mend the disk.',
    });
    const { port: landing } = injectFault(world.landing, { method: 'open', call: 2, when: 'before', error });
    await world.run({ ports: { landing, archive: undefined, quarantine: undefined }, onEvent: log.take });
    const files = events.flatMap((event) => (event.kind === 'file-ended' ? [event.file] : []));
    expect(files.find(({ status }) => status === 'failed')).toMatchObject({
      contentHash: null,
      problem: { code: 'landing.unreadable', remedy: 'Mend the disk.' },
      takenTo: null,
    });
    expect(files.find(({ status }) => status === 'refused')).toMatchObject({ problem: { remedy: null } });
  });

  test('tell how far a file is at most four times a second, also where the clock is set back', () => {
    const clock = new ManualClock();
    const { log, events } = openLog(clock);
    const progress = (rows: number) => log.take({ kind: 'file-progress', key: KEY, bytes: rows * 100, rows });
    for (let rows = 1; rows <= 1000; rows++) {
      progress(rows);
      clock.advance(1);
    }
    expect(events.map((event) => event.kind === 'file-progress' && event.rows)).toEqual([1, 251, 501, 751]);
    clock.advance(-3_600_000);
    progress(2000);
    expect(events).toHaveLength(5);
  });
});
