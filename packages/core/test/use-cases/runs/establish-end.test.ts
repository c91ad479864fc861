import { describe, expect, test } from '@jest/globals';
import type { Job } from '../../../src/ports/job-launcher.port.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { establishEnd } from '../../../src/use-cases/runs/establish-end.ts';
import { markStarted, markVoid } from '../../../src/use-cases/runs/run-states.ts';
import { START_LEASE } from '../../../src/use-cases/runs/start-run.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const KEY = keyOf('2023-03-15');

/** One run, planned, and its job if it is started. */
async function openPlanned(isStarted: boolean): Promise<{ world: RunsWorld; runId: string }> {
  const world = await openRunsWorld();
  const file = world.ports.landing.put(KEY, csv(row('T-1')), 0);
  const { ledger, clock } = world.ports;
  const { policy } = world.options;
  await ledger.plan({ runId: 'run-1', plannedAt: 0, policy, files: [file] });
  if (isStarted) {
    await world.ports.launcher.start('run-1');
    await changeRun(ledger, 'run-1', (entry) => markStarted(entry, 'job-1', clock.now()));
  }
  return { world, runId: 'run-1' };
}

describe('the end of a run', () => {
  test('is none where no job was started', async () => {
    const { world, runId } = await openPlanned(false);
    expect(await establishEnd(world.ports, { runId })).toMatchObject({ kind: 'not-started', entry: { runId } });
    expect(await world.archive('job-1')).toEqual({ kind: 'missing' });
  });

  test('is none where it was closed for having no files; nobody looks for its job', async () => {
    const { world, runId } = await openPlanned(false);
    await changeRun(world.ports.ledger, runId, (entry) => markVoid(entry, 1));
    await world.ports.launcher.start(runId);
    expect(await establishEnd(world.ports, { runId })).toMatchObject({ kind: 'not-started', entry: { files: [] } });
  });

  test.each(['waiting', 'running'] as const)('is not there while its job is %s', async (kind) => {
    const { world, runId } = await openPlanned(true);
    world.ports.clock.advance(START_LEASE);
    const job: Job = { jobRunId: 'job-1', runId, state: { kind } };
    const launcher = replaceMethods(world.ports.launcher, { read: async () => job });
    expect(await establishEnd({ ...world.ports, launcher }, { runId })).toMatchObject({ kind: 'under-way' });
  });

  test('is not there for two minutes after its start where the service does not list the job yet', async () => {
    const { world, runId } = await openPlanned(true);
    const launcher = replaceMethods(world.ports.launcher, { read: async () => undefined });
    const ports = { ...world.ports, launcher };
    world.ports.clock.advance(START_LEASE - 1);
    expect(await establishEnd(ports, { runId })).toMatchObject({ kind: 'under-way' });
    world.ports.clock.advance(1);
    expect(await establishEnd(ports, { runId })).toMatchObject({
      kind: 'ended',
      entry: { state: { kind: 'failed', problem: { message: expect.stringContaining('no longer knows the job') } } },
    });
  });

  test('is a failure where the job ended well by its own account and the warehouse has nothing', async () => {
    const { world, runId } = await openPlanned(true);
    world.ports.launcher.end('job-1');
    expect(await establishEnd(world.ports, { runId })).toMatchObject({
      kind: 'ended',
      entry: {
        state: {
          kind: 'failed',
          problem: {
            code: 'job.failed',
            message: 'The job ended well by its own account, but the warehouse has nothing of it.',
            remedy: 'Look at the log of the job.',
          },
        },
      },
    });
  });

  test('keeps of a long reason the first 2,000 characters', async () => {
    const { world, runId } = await openPlanned(true);
    world.ports.launcher.end('job-1', { kind: 'failed', reason: `${'x'.repeat(2000)}y` });
    expect(await establishEnd(world.ports, { runId })).toMatchObject({
      entry: { state: { problem: { message: 'x'.repeat(2000) } } },
    });
  });

  test('is none where the ledger loses the run meanwhile', async () => {
    const { world, runId } = await openPlanned(true);
    world.ports.launcher.end('job-1');
    let reads = 0;
    const ledger = replaceMethods(world.ports.ledger, {
      read: async (id) => (++reads === 1 ? world.ports.ledger.read(id) : undefined),
    });
    expect(await establishEnd({ ...world.ports, ledger }, { runId })).toEqual({ kind: 'missing' });
  });
});
