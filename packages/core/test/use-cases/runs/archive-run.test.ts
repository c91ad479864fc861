import { describe, expect, test } from '@jest/globals';
import { EMPTY_BOOKS } from '../../../src/ports/books.ts';
import type { IngestReport } from '../../../src/ports/ingest-report.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import type { RunLedger } from '../../../src/ports/run-ledger.port.ts';
import { injectFault } from '../../../src/testing/index.ts';
import { archiveRun } from '../../../src/use-cases/runs/archive-run.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { markCommitted } from '../../../src/use-cases/runs/run-states.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const KEY = keyOf('2023-03-15');
const WRITE_FAILED = new PortError({
  code: 'archive.write-failed',
  message: 'The archive is full.',
  remedy: 'Make room.',
});

const REPORT: IngestReport = {
  runId: '',
  status: 'succeeded',
  files: [],
  totals: EMPTY_BOOKS,
  archived: 0,
  quarantined: 0,
  notMoved: [],
  warnings: [],
};

async function plan(world: RunsWorld, ...contents: readonly (readonly [string, string])[]) {
  const files = contents.map(([key, content]) => world.ports.landing.put(key, content));
  const { runs } = await world.plan(files);
  return { files, runId: (runs[0] as { runId: string }).runId };
}

describe('archiving a run', () => {
  test('takes exactly the versions that were processed, to where they belong', async () => {
    const world = await openRunsWorld();
    await plan(world, [KEY, csv(row('T-1'))], [keyOf('2023-03-16'), 'not,ours\n'], [keyOf('2023-03-17'), csv()]);
    const newer = world.ports.landing.put(KEY, csv(row('T-1', { quantity: 5 })));
    const untouched = world.ports.landing.put(keyOf('2023-03-18'), csv(row('T-9')));
    await world.work('job-1');
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 2, quarantined: 1, released: 0 });
    expect([...world.ports.archive.stored.keys()]).toEqual([KEY, keyOf('2023-03-17')]);
    expect([...world.ports.quarantine.stored.keys()]).toEqual([keyOf('2023-03-16')]);
    expect(await world.landed()).toEqual([newer.key, untouched.key]);
  });

  test('keeps in the entry where each file went', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))], [keyOf('2023-03-16'), 'not,ours\n']);
    await world.work('job-1');
    await world.archive('job-1');
    expect((await world.ports.ledger.read(runId))?.state).toMatchObject({
      report: { archived: 1, quarantined: 1, files: [{ takenTo: 'archive' }, { takenTo: 'quarantine' }] },
    });
  });

  test('does nothing more when it is repeated, before and after the run is closed', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    await world.work('job-1');
    await world.archive('job-1');
    expect(await world.archive('job-1')).toEqual({ kind: 'settled-before', runId });
    await world.finish('job-1');
    expect(await world.openRuns()).toEqual([]);
    expect(await archiveRun(world.ports, { runId })).toEqual({ kind: 'settled-before', runId });
    expect(world.ports.archive.stored.size).toBe(1);
  });

  test('leaves the entry open for a file that cannot be moved, says why, and moves it the next time', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))], [keyOf('2023-03-16'), csv(row('T-2'))]);
    await world.work('job-1');
    const { port } = injectFault(world.ports, { method: 'take', call: 1, when: 'before', error: WRITE_FAILED });
    expect(await world.archive('job-1', port)).toMatchObject({
      kind: 'incomplete',
      archived: 1,
      notMoved: 1,
      problems: [{ key: KEY, problem: { code: 'archive.write-failed', remedy: 'Make room.' } }],
    });
    await world.finish('job-1');
    expect((await world.openRuns()).map((entry) => entry.runId)).toEqual([runId]);
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 2 });
    expect(await world.openRuns()).toEqual([]);
    expect((await world.ports.ledger.read(runId))?.state).toMatchObject({ report: { notMoved: [], archived: 2 } });
  });

  test('tells twenty of many files that cannot be moved, and counts them', async () => {
    const world = await openRunsWorld();
    const contents = Array.from(
      { length: 30 },
      (_, i) => [keyOf('2023-03-15', `${i}.csv`), csv(row(`T-${i}`))] as const,
    );
    const files = contents.map(([key, content]) => world.ports.landing.put(key, content));
    world.options = { ...world.options, maxFilesPerRun: 100 };
    await world.plan(files);
    await world.work('job-1');
    const full = { location: 'full', take: () => Promise.reject(WRITE_FAILED) };
    const archival = await world.archive('job-1', { ...world.ports, archive: full as never });
    expect(archival).toMatchObject({ kind: 'incomplete', notMoved: 30 });
    expect(archival.kind === 'incomplete' && archival.problems.length).toBe(20);
  });

  test('goes on where somebody took a file away meanwhile', async () => {
    const world = await openRunsWorld();
    await plan(world, [KEY, csv(row('T-1'))]);
    await world.work('job-1');
    world.ports.landing.remove(KEY);
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 0 });
  });

  test('frees the files of a failed run for another one, as the next attempt', async () => {
    const world = await openRunsWorld();
    const { files } = await plan(world, [KEY, csv(row('T-1'))]);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'killed' });
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', released: 1, givenUp: 0 });
    expect(await world.landed()).toEqual([KEY]);
    const { runs } = await world.plan(files);
    expect(runs).toMatchObject([{ kind: 'started', jobRunId: 'job-2' }]);
    expect(await world.ports.ledger.claims(files)).toMatchObject([{ attempt: 2 }]);
  });

  test('frees a file that failed in a run that was committed, and takes the others', async () => {
    const world = await openRunsWorld();
    const { files } = await plan(world, [KEY, csv(row('T-1'))], [keyOf('2023-03-16'), csv(row('T-2'))]);
    world.ports.landing.remove(KEY);
    await world.work('job-1');
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 1, released: 1 });
    expect(await world.ports.ledger.claims(files)).toMatchObject([{ runId: undefined }, { runId: expect.any(String) }]);
  });

  test('waits for a run that is still on its way, and knows nothing of other jobs', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    expect(await world.archive('job-1')).toEqual({ kind: 'under-way', runId });
    expect(await world.archive('job-9')).toEqual({ kind: 'missing' });
  });

  test('leaves alone what is told of files that are none of its own', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    world.ports.landing.put(keyOf('2023-03-16'), csv(row('T-2')));
    await world.work('job-1');
    const { ledger } = world.ports;
    const strange: RunLedger = replaceMethods(ledger, {
      read: async (id) => {
        const entry = (await ledger.read(id))!;
        if (entry.state.kind !== 'committed') return entry;
        const [own] = entry.state.report.files;
        const others = ['2023-03-16', '2023-03-17'].map((day) => ({ ...own!, key: keyOf(day) }));
        const files = [own!, others[0]!, { ...others[1]!, status: 'failed' as const }];
        return { ...entry, state: { ...entry.state, report: { ...entry.state.report, files } } };
      },
    });
    const archival = await archiveRun({ ...world.ports, ledger: strange }, { runId });
    expect(archival).toEqual({ kind: 'settled', runId, archived: 1, quarantined: 0, released: 0, givenUp: 0 });
    expect(await world.landed()).toEqual([keyOf('2023-03-16')]);
  });

  test('asks the warehouse about no run whose end is known, nor the ledger for claims where nothing failed', async () => {
    const world = await openRunsWorld();
    await plan(world, [KEY, csv(row('T-1'))]);
    await world.work('job-1');
    const asked = () => Promise.reject(new Error('Asked.'));
    const ledger = replaceMethods(world.ports.ledger, { claims: asked, release: asked });
    const ports = { ...world.ports, ledger, history: { run: asked } };
    expect(await world.archive('job-1', ports as never)).toMatchObject({ kind: 'settled', archived: 1 });

    await plan(world, [keyOf('2023-03-16'), csv(row('T-2'))]);
    world.ports.launcher.end('job-2', { kind: 'failed', reason: 'killed' });
    await world.archive('job-2');
    expect(await world.archive('job-2', { ...world.ports, history: { run: asked } })).toMatchObject({
      kind: 'settled-before',
    });
  });

  test('frees the files of a run that is recorded as failed', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    const { port } = injectFault(world.ports, { method: 'commit', call: 1, when: 'before', error: WRITE_FAILED });
    await expect(world.work('job-1', port)).rejects.toThrow();
    expect((await world.ports.history.run(runId))!.status).toBe('failed');
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', released: 1 });
    expect((await world.ports.ledger.read(runId))!.state.kind).toBe('failed');
    expect(await world.archive('job-1')).toEqual({ kind: 'settled-before', runId });
  });

  test('frees files that nobody claimed', async () => {
    const world = await openRunsWorld();
    const { ledger, launcher, landing } = world.ports;
    const files = [landing.put(KEY, csv(row('T-1')))];
    await ledger.plan({ runId: 'run-9', plannedAt: 0, policy: world.options.policy, files });
    await launcher.start('run-9');
    launcher.end('job-1', { kind: 'failed', reason: 'killed' });
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', released: 1, givenUp: 0 });
  });

  test('does not note a failed run as taken care of that turns out to be committed meanwhile', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'killed' });
    const { ledger } = world.ports;
    const late = replaceMethods(ledger, {
      release: async () => {
        await changeRun(ledger, runId, (entry) => markCommitted(entry, REPORT));
      },
    });
    await world.archive('job-1', { ...world.ports, ledger: late });
    expect(await ledger.read(runId)).toMatchObject({ state: { kind: 'committed' }, settledAt: undefined });
  });

  test('of a run that the ledger loses meanwhile is none', async () => {
    const world = await openRunsWorld();
    const { runId } = await plan(world, [KEY, csv(row('T-1'))]);
    await world.work('job-1');
    const losing = (after: number) => {
      let reads = 0;
      return replaceMethods(world.ports.ledger, {
        read: async (id) => (++reads > after ? undefined : world.ports.ledger.read(id)),
      });
    };
    expect(await archiveRun({ ...world.ports, ledger: losing(1) }, { runId })).toEqual({ kind: 'missing' });

    const second = await plan(world, [keyOf('2023-03-16'), csv(row('T-2'))]);
    world.ports.launcher.end('job-2', { kind: 'failed', reason: 'killed' });
    await world.finish('job-2');
    const record = (await world.ports.history.run(runId))!;
    const history = { run: async () => record };
    const lost = await archiveRun({ ...world.ports, history, ledger: losing(1) }, { runId: second.runId });
    expect(lost).toEqual({ kind: 'missing' });
  });
});
