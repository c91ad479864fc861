import { describe, expect, test } from '@jest/globals';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import type { RunLedger } from '../../../src/ports/run-ledger.port.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { changeFields } from '../../../src/use-cases/runs/run-fields.ts';
import { SweepReport } from '../../../src/use-cases/runs/sweep-report.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const [FIRST, SECOND] = [keyOf('2023-03-15'), keyOf('2023-03-16')];
const FULL = new PortError({ code: 'archive.write-failed', message: 'The archive is full.' });

/** A closed run of a loaded and a refused file that still lie in the landing place, as if nobody had moved them. */
async function openLying(): Promise<{ world: RunsWorld; runId: string; files: readonly LandedFile[] }> {
  const world = await openRunsWorld();
  const { landing } = world.ports;
  const files = [landing.put(FIRST, 'not,ours\n', 0), landing.put(SECOND, csv(row('T-1')), 0)];
  const { runs } = await world.plan(files);
  const lying = { location: 'lying', take: async () => ({ kind: 'moved' as const, storedAs: '' }) };
  await world.work('job-1');
  await world.archive('job-1', { ...world.ports, archive: lying, quarantine: lying });
  await world.finish('job-1');
  expect([await world.openRuns(), await world.landed()]).toEqual([[], [FIRST, SECOND]]);
  return { world, runId: (runs[0] as { runId: string }).runId, files };
}

describe('a sweep of the landing place', () => {
  test('takes each file of a closed run to where that run sent it, and tries none again', async () => {
    const { world } = await openLying();
    expect(await world.sweep()).toMatchObject({ takenAway: 2, released: 0, starts: [], problems: 0 });
    expect([...world.ports.archive.stored.keys()]).toEqual([SECOND]);
    expect([...world.ports.quarantine.stored.keys()]).toEqual([FIRST]);
  });

  test('tells what cannot be taken away, and leaves it to the next one', async () => {
    const { world } = await openLying();
    const full = { location: 'full', take: () => Promise.reject(FULL) };
    const swept = await world.sweep({ ...world.ports, archive: full as never, quarantine: full as never });
    expect(swept).toMatchObject({ takenAway: 0, released: 0, starts: [], problems: 2 });
    expect(swept.firstProblems).toEqual(
      [FIRST, SECOND].map((about) => ({ about, code: FULL.code, message: FULL.message })),
    );
    expect((await world.sweep()).takenAway).toBe(2);
  });

  test('counts nothing that somebody else took away, and looks once where it took nothing', async () => {
    const { world } = await openLying();
    const gone = { location: 'gone', take: async () => ({ kind: 'source-missing' as const }) };
    let looks = 0;
    const landing = replaceMethods(world.ports.landing, {
      list: () => {
        looks++;
        return world.ports.landing.list();
      },
    });
    const swept = await world.sweep({ ...world.ports, landing, archive: gone, quarantine: gone });
    expect([swept.takenAway, swept.problems, looks]).toEqual([0, 0, 1]);
  });

  test('plans another version anew that a closed run holds without having worked on it', async () => {
    const { world, runId, files } = await openLying();
    const { landing, ledger } = world.ports;
    for (const { key, version } of files) landing.remove(key, version);
    const newer = landing.put(SECOND, csv(row('T-1', { quantity: 5 })), 0);
    await ledger.claim(runId, [newer]);
    expect(await world.sweep()).toMatchObject({ takenAway: 0, released: 1, starts: [{ kind: 'started' }] });
  });

  test('plans a file anew of which a closed run tells nothing', async () => {
    const { world, runId } = await openLying();
    const silent: RunLedger = replaceMethods(world.ports.ledger, {
      read: async (id) => {
        const entry = await world.ports.ledger.read(id);
        if (id !== runId || entry?.state.kind !== 'committed') return entry;
        return { ...entry, state: { ...entry.state, report: { ...entry.state.report, files: [] } } };
      },
    });
    const swept = await world.sweep({ ...world.ports, ledger: silent as never });
    expect(swept).toMatchObject({ takenAway: 0, released: 2, starts: [{ kind: 'started' }] });
  });

  test('passes over an empty page, and over what is gone when it is looked at', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(FIRST, csv(row('T-1')), 0);
    const landing = replaceMethods(world.ports.landing, {
      list: async function* () {
        yield [];
        yield [file];
      },
      find: async () => undefined,
    });
    expect(await world.sweep({ ...world.ports, landing })).toMatchObject({
      problems: 0,
      starts: [{ kind: 'started' }],
    });
  });

  test('counts each file that was given up, under its key and version', async () => {
    const world = await openRunsWorld();
    const files = [FIRST, SECOND].map((key) => world.ports.landing.put(key, csv(row(key)), 0));
    world.options = { ...world.options, maxAttempts: 1 };
    await world.plan(files);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'Broken.' });
    expect(await world.sweep()).toMatchObject({ starts: [], givenUp: 2, released: 0 });
  });

  test('knows many runs at a time without keeping them all', async () => {
    const world = await openRunsWorld();
    world.options = { ...world.options, maxFilesPerRun: 1 };
    const keys = Array.from({ length: 60 }, (_, i) => keyOf('2023-03-15', `${i}.csv`));
    const files = keys.map((key) => world.ports.landing.put(key, csv(row(key)), 0));
    for (const file of files) await world.ports.ledger.claim(`run of ${file.key}`, [file]);
    const swept = await world.sweep();
    expect(swept).toMatchObject({ problems: 0, released: 60 });
    expect(swept.starts.filter(({ kind }) => kind === 'started')).toHaveLength(10);
  });

  test('plans with the cap and the grace of the defaults', async () => {
    const world = await openRunsWorld();
    world.options = { ...world.options, maxFilesPerRun: undefined };
    for (let i = 0; i < 5; i++) world.ports.landing.put(keyOf('2023-03-15', `${i}.csv`), csv(row(`T-${i}`)), 0);
    expect((await world.sweep()).starts).toHaveLength(1);
  });
});

describe('a sweep of runs', () => {
  test('closes a run that has both marks, and tells nobody again', async () => {
    const { world, runId } = await openLying();
    const { ledger, landing } = world.ports;
    for (const key of [FIRST, SECOND]) landing.remove(key);
    const file = landing.put(FIRST, csv(row('T-9')), 0);
    await ledger.plan({ runId: 'run-9', plannedAt: 0, policy: world.options.policy, files: [file] });
    await ledger.claim('run-9', [file]);
    const { state } = (await ledger.read(runId))!;
    await changeRun(ledger, 'run-9', (entry) => changeFields(entry, { state, notifiedAt: 1, settledAt: 1 }));
    const history = { run: () => Promise.reject(new Error('Asked.')) };
    const told = world.notified().length;
    expect(await world.sweep({ ...world.ports, history })).toMatchObject({ ended: [], settled: [], notified: [] });
    expect([await world.openRuns(), world.notified().length]).toEqual([[], told]);
  });

  test('counts as ended only what nobody had heard of', async () => {
    const world = await openRunsWorld();
    await world.plan([world.ports.landing.put(FIRST, csv(row('T-1')), 0)]);
    await world.work('job-1');
    expect(await world.sweep()).toMatchObject({
      ended: [],
      settled: [expect.any(String)],
      notified: [expect.any(String)],
    });
  });

  test('does not tell as settled what somebody else settles meanwhile', async () => {
    const world = await openRunsWorld();
    await world.plan([world.ports.landing.put(FIRST, csv(row('T-1')), 0)]);
    await world.work('job-1');
    await world.archive('job-1');
    let reads = 0;
    const ledger = replaceMethods(world.ports.ledger, {
      read: async (id) => {
        const entry = await world.ports.ledger.read(id);
        return ++reads === 1 ? { ...entry!, settledAt: undefined } : entry;
      },
    });
    const swept = await world.sweep({ ...world.ports, ledger });
    expect(swept).toMatchObject({ settled: [], released: 0, problems: 0, notified: [expect.any(String)] });
    expect(await world.openRuns()).toEqual([]);
  });

  test('tells which runs it started, and which could not be started', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const now = world.ports.clock.now();
    for (const key of [FIRST, SECOND]) await world.plan([world.ports.landing.put(key, csv(row(key)), now)]);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'Broken.' });
    const error = new PortError({ code: 'job.unreachable', message: 'No answer.' });
    const launcher = replaceMethods(world.ports.launcher, { start: () => Promise.reject(error) });
    const waiting = (await world.openRuns()).find(({ state }) => state.kind === 'planned')!;
    expect(await world.sweep({ ...world.ports, launcher })).toMatchObject({
      starts: [],
      firstProblems: [{ about: waiting.runId, code: 'job.unreachable' }],
    });
    expect((await world.sweep()).starts).toMatchObject([{ kind: 'started', runId: waiting.runId }]);
  });
});

describe('the report of a sweep', () => {
  test('lists a hundred of each, and counts all', () => {
    const report = new SweepReport();
    for (let i = 0; i < 101; i++) {
      report.ended.push(`run-${i}`);
      report.addProblem(`run-${i}`, { code: 'x', message: 'y' });
    }
    const { ended, problems, firstProblems } = report.toReconciliation();
    expect([ended.length, problems, firstProblems.length]).toEqual([100, 101, 100]);
  });

  test('holds faults of ports; an error of ours ends the sweep', async () => {
    const report = new SweepReport();
    await report.attempt('a', () => Promise.reject(FULL));
    await expect(report.attempt('b', () => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
    expect(report.problems).toEqual([{ about: 'a', code: FULL.code, message: FULL.message }]);
  });
});
