import { describe, expect, test } from '@jest/globals';
import type { Notice } from '../../../src/ports/notifier.port.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { injectFault } from '../../../src/testing/index.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { beginWork, markFailed } from '../../../src/use-cases/runs/run-states.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { withPauses } from '../../support/with-pauses.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const CRASH = new Error('The process died.');

/** A good file with a rejected row and a refused file, in one run whose job runs. */
async function openStartedWorld(): Promise<{ world: RunsWorld; runId: string }> {
  const world = await openRunsWorld();
  const { landing } = world.ports;
  const files = [
    landing.put(keyOf('2023-03-15'), csv(row('T-1'), row('T-2', { quantity: 0 }))),
    landing.put(keyOf('2023-03-16'), 'not,ours\n1,2\n'),
  ];
  const { runs } = await world.plan(files);
  return { world, runId: (runs[0] as { runId: string }).runId };
}

function crashing(world: RunsWorld, method: string, when: 'before' | 'after', call = 1) {
  return injectFault(world.ports, { method, call, when, error: CRASH }).port;
}

describe('the end of a job', () => {
  test('is told once, with what the job reported', async () => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1');
    expect(await world.finish('job-1')).toMatchObject({ kind: 'finished', runId, notice: 'sent' });
    expect(await world.finish('job-1')).toMatchObject({ kind: 'finished', runId, notice: 'sent-before' });
    expect(world.ports.notifier.mailbox.map(({ subject }) => subject)).toEqual([
      'Weir loaded with rejects 2023-03-15 to 2023-03-16: 2 files, 1 refused, 2 rows, 1 rejected',
    ]);
    expect(world.ports.notifier.mailbox[0]!.text).toContain('line 3 of transactions/');
  });

  test('that came after the commit but before the report counts as committed, by what the warehouse has', async () => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1', crashing(world, 'commit', 'after')).catch(() => undefined);
    expect((await world.ports.ledger.read(runId))?.state.kind).toBe('started');
    await world.finish('job-1');
    const state = (await world.ports.ledger.read(runId))!.state;
    expect(state).toMatchObject({
      kind: 'committed',
      report: {
        status: 'succeeded-with-rejects',
        files: [
          {
            key: keyOf('2023-03-15'),
            status: 'loaded',
            read: 2,
            inserted: 1,
            rejected: 1,
            rejectsByCode: { 'quantity-not-positive': 1 },
          },
          { key: keyOf('2023-03-16'), status: 'refused', problem: { code: 'header-missing-column' } },
        ],
      },
    });
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 1, quarantined: 1 });
  });

  test('that came after the commit leaves a file that the warehouse did not record to another run', async () => {
    const { world, runId } = await openStartedWorld();
    world.ports.landing.remove(keyOf('2023-03-16'));
    await world.work('job-1', crashing(world, 'commit', 'after')).catch(() => undefined);
    await world.finish('job-1');
    expect((await world.ports.ledger.read(runId))!.state).toMatchObject({
      kind: 'committed',
      report: {
        status: 'failed',
        files: [{ status: 'loaded' }, { status: 'failed', problem: { code: 'job.report-lost' } }],
      },
    });
    expect(world.ports.notifier.mailbox[0]!.subject).toMatch(/^Weir FAILED in part/);
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 1, released: 1 });
  });

  test('before the commit counts as failed, with the reason of the service', async () => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1', crashing(world, 'commit', 'before')).catch(() => undefined);
    await world.finish('job-1');
    const { state } = (await world.ports.ledger.read(runId))!;
    expect(state).toMatchObject({ kind: 'failed', jobRunId: 'job-1', problem: { code: 'job.failed' } });
    expect(world.ports.notifier.mailbox[0]!.subject).toMatch(
      /^Weir FAILED 2023-03-15 to 2023-03-16: 2 files, 2 failed/,
    );
    expect(world.ports.notifier.mailbox[0]!.text).toContain('The process died.');
  });

  test('is not established while the job still runs, or another one took the run over', async () => {
    const { world, runId } = await openStartedWorld();
    expect(await world.finish('job-1')).toMatchObject({ kind: 'under-way', runId });
    await world.ports.launcher.start(runId);
    await world.work('job-2');
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'killed' });
    expect(await world.finish('job-1')).toMatchObject({ kind: 'finished', notice: 'sent' });
    expect((await world.ports.ledger.read(runId))?.state).toMatchObject({ kind: 'committed', jobRunId: 'job-2' });
  });

  test('is not established where another job begins to work while the warehouse is asked', async () => {
    const { world, runId } = await openStartedWorld();
    const { ledger, history, clock } = world.ports;
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'killed' });
    const slow = {
      run: async (id: string) => {
        await changeRun(ledger, runId, (entry) => beginWork(entry, 'job-2', clock.now(), 60_000));
        return history.run(id);
      },
    };
    expect(await world.finish('job-1', { ...world.ports, history: slow })).toMatchObject({ kind: 'under-way' });
    expect((await ledger.read(runId))?.state).toMatchObject({ kind: 'started', jobRunId: 'job-2' });
  });

  test('is established also where nobody noted that the job was started', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(keyOf('2023-03-15'), csv(row('T-1')));
    await world.plan([file], crashing(world, 'start', 'after')).catch(() => undefined);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'No module named weir.' });
    expect(await world.finish('job-1')).toMatchObject({ kind: 'finished', notice: 'sent' });
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', released: 1 });
    expect(world.ports.launcher.jobs()).toHaveLength(1);
  });

  test('of a job that is none of ours tells nobody, but starts what waits', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    await world.ports.launcher.start('by-hand');
    await world.plan([world.ports.landing.put(keyOf('2023-03-15'), csv(row('T-1')))]);
    world.ports.launcher.end('job-1');
    const finish = await world.finish('job-1');
    expect([finish.kind, finish.waiting.starts.map(({ kind }) => kind)]).toEqual(['missing', ['started']]);
    expect(await world.finish('job-unknown')).toMatchObject({ kind: 'missing' });
    expect(world.notified()).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('is told once where several events come at a time: seed %i', async (seed) => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1');
    await Promise.all([
      ...[0, 1, 2].map((i) => world.finish('job-1', withPauses(world.ports, seed * 10 + i))),
      ...[3, 4].map((i) => world.archive('job-1', withPauses(world.ports, seed * 10 + i))),
    ]);
    expect(world.notified()).toEqual([runId]);
    expect(await world.openRuns()).toEqual([]);
    expect([world.ports.archive.stored.size, world.ports.quarantine.stored.size, await world.landed()]).toEqual([
      1,
      1,
      [],
    ]);
  });

  test('is told again at once where the notice could not be sent', async () => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1');
    const error = new PortError({ code: 'notifier.unreachable', message: 'No.', retryable: true });
    const { port } = injectFault(world.ports, { method: 'send', call: 1, when: 'before', error });
    await expect(world.finish('job-1', port)).rejects.toBe(error);
    expect(await world.finish('job-1')).toMatchObject({ notice: 'sent' });
    expect(world.notified()).toEqual([runId]);
  });

  test('waits for another one that is sending, and takes over when that one has died', async () => {
    const { world, runId } = await openStartedWorld();
    await world.work('job-1');
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = { send: () => gate.then(() => Promise.reject(CRASH)) };
    const first = world.finish('job-1', { ...world.ports, notifier: slow });
    await new Promise((resolve) => setImmediate(resolve));
    expect(await world.finish('job-1')).toMatchObject({ notice: 'being-sent' });
    world.ports.clock.advance(10 * 60_000);
    expect(await world.finish('job-1')).toMatchObject({ notice: 'sent' });
    release();
    await expect(first).rejects.toBe(CRASH);
    expect(world.notified()).toEqual([runId]);
  });

  test('is told anew where a run that counted as failed turns out to be committed', async () => {
    const { world, runId } = await openStartedWorld();
    const problem = { code: 'job.failed', message: 'Timed out.', remedy: undefined };
    await changeRun(world.ports.ledger, runId, (entry) => markFailed(entry, problem));
    await world.finish('job-1');
    // The commit was under way all the time.
    const { ledger } = world.ports;
    await world.work('job-1', { ...world.ports, ledger: await pretendStarted(world, runId) });
    expect(await world.archive('job-1')).toMatchObject({ kind: 'settled', archived: 1, quarantined: 1, released: 0 });
    await world.finish('job-1');
    expect(world.ports.notifier.mailbox.map(({ document }) => document.state)).toEqual([
      'failed',
      'loaded-with-rejects',
    ]);
    expect((await ledger.read(runId))?.state.kind).toBe('committed');
    expect(await world.openRuns()).toEqual([]);
  });

  test('is told anew also where that turns out while the first notice is being sent', async () => {
    const { world, runId } = await openStartedWorld();
    const problem = { code: 'job.failed', message: 'Timed out.', remedy: undefined };
    await changeRun(world.ports.ledger, runId, (entry) => markFailed(entry, problem));
    const { notifier } = world.ports;
    const slow = {
      send: async (notice: Notice) => {
        await notifier.send(notice);
        await world.work('job-1', { ...world.ports, ledger: await pretendStarted(world, runId) });
        await world.archive('job-1');
      },
    };
    await world.finish('job-1', { ...world.ports, notifier: slow });
    await world.finish('job-1');
    expect(notifier.mailbox.map(({ document }) => document.state)).toEqual(['failed', 'loaded-with-rejects']);
    expect(await world.openRuns()).toEqual([]);
  });
});

/** A ledger of its own, in which the run is still on its way: what a job thinks that was cut off. */
async function pretendStarted(world: RunsWorld, runId: string) {
  const { ledger } = (await openRunsWorld()).ports;
  const { files, policy } = (await world.ports.ledger.read(runId))!;
  await ledger.plan({ runId, plannedAt: 0, policy, files });
  return ledger;
}
