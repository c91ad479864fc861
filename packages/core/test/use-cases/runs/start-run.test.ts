import { describe, expect, test } from '@jest/globals';
import { PortError } from '../../../src/ports/port-error.ts';
import type { RunLedger } from '../../../src/ports/run-ledger.port.ts';
import { injectFault } from '../../../src/testing/index.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { takeLease } from '../../../src/use-cases/runs/run-lease.ts';
import { START_LEASE, startRun } from '../../../src/use-cases/runs/start-run.ts';
import { startWaitingRuns } from '../../../src/use-cases/runs/start-waiting-runs.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const DAYS = ['2023-03-11', '2023-03-12', '2023-03-13', '2023-03-14'];

/** Lands a file a day, each in a run of its own, planned a second apart. */
async function planDays(world: RunsWorld, days: readonly string[] = DAYS): Promise<string[]> {
  const runIds: string[] = [];
  for (const day of days) {
    const { runs } = await world.plan([world.ports.landing.put(keyOf(day), csv(row(day)))]);
    runIds.push((runs[0] as { runId: string }).runId);
    world.ports.clock.advance(1000);
  }
  return runIds;
}

function replaceClaim(ledger: RunLedger, claim: RunLedger['claim']): RunLedger {
  return new Proxy(ledger, {
    get: (target, name) => (name === 'claim' ? claim : Reflect.get(target, name).bind(target)),
  });
}

function breakStart(world: RunsWorld, code: string) {
  const error = new PortError({ code, message: 'It broke.', retryable: true });
  return injectFault(world.ports, { method: 'start', call: 1, when: 'before', error }).port;
}

describe('the start of a run', () => {
  test('that was not answered is looked up, and its job is not started again', async () => {
    const world = await openRunsWorld();
    world.ports.launcher.loseNextAnswer();
    const [runId] = await planDays(world, [DAYS[0]!]);
    expect(world.ports.launcher.jobs()).toHaveLength(1);
    expect((await world.ports.ledger.read(runId!))?.state).toMatchObject({ kind: 'started', jobRunId: 'job-1' });
  });

  test('that was not answered and is not listed yet is left alone, until the service would list it', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf(DAYS[0]!), csv(row('T-1')));
    const { runs } = await world.plan([file], breakStart(world, 'job.start-unknown'));
    expect(runs[0]?.kind).toBe('being-started');
    const { runId } = runs[0] as { runId: string };
    expect(await startRun(world.ports, runId, world.nextOptions())).toEqual({ kind: 'being-started', runId });
    world.ports.clock.advance(START_LEASE);
    expect((await startRun(world.ports, runId, world.nextOptions())).kind).toBe('started');
    expect(world.ports.launcher.jobs()).toHaveLength(1);
  });

  test('that was refused is told, and may be tried again at once', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf(DAYS[0]!), csv(row('T-1')));
    await expect(world.plan([file], breakStart(world, 'job.unreachable'))).rejects.toMatchObject({
      code: 'job.unreachable',
    });
    const { starts } = await startWaitingRuns(world.ports, world.nextOptions());
    expect(starts.map(({ kind }) => kind)).toEqual(['started']);
  });

  test('that was cut off is made when its files are planned once more', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf(DAYS[0]!), csv(row('T-1')));
    await world.plan([file], breakStart(world, 'job.unreachable')).catch(() => undefined);
    const again = await world.plan([file, file]);
    expect(again).toMatchObject({ runs: [{ kind: 'started', jobRunId: 'job-1' }], leftOut: [file] });
    expect(await world.plan([file])).toMatchObject({ runs: [], leftOut: [file] });
  });

  test('is made once by several at a time', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const [, runId] = await planDays(world, DAYS.slice(0, 2));
    world.ports.launcher.end('job-1');
    const starts = await Promise.all([1, 2, 3, 4].map(() => startRun(world.ports, runId!, world.nextOptions())));
    expect(starts.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(world.ports.launcher.jobs()).toHaveLength(2);
    expect(await startRun(world.ports, runId!, world.nextOptions())).toEqual({ kind: 'known', runId });
  });

  test('whose caller died before it could note the job is noted later, and no second job is started', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf(DAYS[0]!), csv(row('T-1')));
    const died = new Error('The process died.');
    const { port } = injectFault(world.ports, { method: 'start', call: 1, when: 'after', error: died });
    await expect(world.plan([file], port)).rejects.toBe(died);
    world.ports.clock.advance(START_LEASE);
    const { starts } = await startWaitingRuns(world.ports, world.nextOptions());
    expect(starts).toMatchObject([{ kind: 'started', jobRunId: 'job-1' }]);
    expect(world.ports.launcher.jobs()).toHaveLength(1);
  });

  test('ends where somebody else took it over meanwhile', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const { ledger, landing } = world.ports;
    await planDays(world, [DAYS[0]!]);
    const files = [landing.put(keyOf(DAYS[1]!), csv(row('T-1'))), landing.put(keyOf(DAYS[2]!), csv(row('T-2')))];
    const { runs } = await world.plan(files);
    const { runId } = runs[0] as { runId: string };
    world.ports.launcher.end('job-1');
    // The first caller is slow between its claim and what it makes of it; it is told that it won nothing.
    const slow = replaceClaim(ledger, async () => {
      world.ports.clock.advance(START_LEASE);
      await startRun(world.ports, runId, world.nextOptions());
      return files.map((file) => ({ file, runId: 'run-other', attempt: 1 }));
    });
    const late = await startRun({ ...world.ports, ledger: slow }, runId, world.nextOptions());
    expect(late.kind).toBe('being-started');
    expect(await ledger.read(runId)).toMatchObject({ files, state: { kind: 'started', jobRunId: 'job-2' } });
  });

  test('leaves the entry to whoever took it over, also where some of its files were won', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const { ledger, landing } = world.ports;
    await planDays(world, [DAYS[0]!]);
    const files = [landing.put(keyOf(DAYS[1]!), csv(row('T-1'))), landing.put(keyOf(DAYS[2]!), csv(row('T-2')))];
    const { runs } = await world.plan(files);
    const { runId } = runs[0] as { runId: string };
    world.ports.launcher.end('job-1');
    const slow = replaceClaim(ledger, async () => {
      world.ports.clock.advance(START_LEASE);
      const owner = 'somebody';
      await changeRun(ledger, runId, (entry) => takeLease(entry, owner, world.ports.clock.now(), START_LEASE));
      return files.map((file, i) => ({ file, runId: i === 0 ? runId : 'run-other', attempt: 1 }));
    });
    const late = await startRun({ ...world.ports, ledger: slow }, runId, world.nextOptions());
    expect(late).toEqual({ kind: 'being-started', runId });
    expect(await ledger.read(runId)).toMatchObject({ files, lease: { owner: 'somebody' } });
    expect(world.ports.launcher.jobs()).toHaveLength(1);
  });

  test('is made under a lease that names the caller', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf(DAYS[0]!), csv(row('T-1')));
    const { runs } = await world.plan([file], breakStart(world, 'job.start-unknown'));
    const { lease } = (await world.ports.ledger.read((runs[0] as { runId: string }).runId))!;
    expect(lease!.owner).toMatch(/^start call \d+$/);
  });

  test('of a run without files closes it, and of one that is closed does nothing', async () => {
    const world = await openRunsWorld();
    const { policy } = world.options;
    await world.ports.ledger.plan({ runId: 'run-0', plannedAt: 0, policy, files: [] });
    expect(await startRun(world.ports, 'run-0', world.nextOptions())).toEqual({ kind: 'void', runId: 'run-0' });
    expect(await startRun(world.ports, 'run-0', world.nextOptions())).toEqual({ kind: 'known', runId: 'run-0' });
    expect([await world.openRuns(), world.ports.launcher.jobs()]).toEqual([[], []]);
  });

  test('of a run that nobody planned is none', async () => {
    const world = await openRunsWorld();
    expect(await startRun(world.ports, 'run-x', world.nextOptions())).toEqual({ kind: 'missing', runId: 'run-x' });
  });
});

describe('runs that wait', () => {
  test('stay planned while the launcher is busy, and are started in the order of planning', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const runIds = await planDays(world);
    for (const [i] of DAYS.entries()) {
      expect(world.ports.launcher.jobs().map(({ runId }) => runId)).toEqual(runIds.slice(0, i + 1));
      const { starts } = await startWaitingRuns(world.ports, world.nextOptions());
      // The first one that finds no place ends the round.
      expect(starts.map(({ kind }) => kind)).toEqual(i + 1 < DAYS.length ? ['busy'] : []);
      world.ports.launcher.end(`job-${i + 1}`);
      await startWaitingRuns(world.ports, world.nextOptions());
    }
  });

  test('do not wait for one that cannot be started', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const [, second, third] = await planDays(world, DAYS.slice(0, 3));
    world.ports.launcher.end('job-1');
    const { starts, problems } = await startWaitingRuns(breakStart(world, 'job.unreachable'), world.nextOptions());
    expect(problems.map(({ runId }) => runId)).toEqual([second]);
    expect(starts).toEqual([{ kind: 'started', runId: third, jobRunId: 'job-2' }]);
  });

  test('are all started where there is room, those planned at one time by their ids', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const { landing, ledger, launcher } = world.ports;
    await planDays(world, [DAYS[0]!]);
    const { policy } = world.options;
    for (const [i, runId] of ['run-b', 'run-c', 'run-a'].entries()) {
      const files = [landing.put(keyOf(DAYS[1]!, `${i}.csv`), csv(row(runId)))];
      await ledger.plan({ runId, plannedAt: 0, policy, files });
    }
    launcher.end('job-1');
    const many = replaceMethods(launcher, {
      start: async (runId) => ({ kind: 'started', jobRunId: `job of ${runId}` }),
    });
    const { starts } = await startWaitingRuns({ ...world.ports, launcher: many }, world.nextOptions());
    expect(starts.map(({ runId }) => runId)).toEqual(['run-a', 'run-b', 'run-c']);
  });

  test('wait for the end of an error of ours: it is no fault of a port', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    await planDays(world, DAYS.slice(0, 2));
    world.ports.launcher.end('job-1');
    const launcher = replaceMethods(world.ports.launcher, { start: () => Promise.reject(new TypeError('ours')) });
    await expect(startWaitingRuns({ ...world.ports, launcher }, world.nextOptions())).rejects.toThrow('ours');
  });
});
