import { describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { planRuns } from '@weir/core/runs';
import { buildContentHash, buildDelivery, buildFaults, commitDeliveries, injectFault } from '@weir/core/testing';
import { createArchive } from '../../src/handlers/archive.ts';
import { createReconcile } from '../../src/handlers/reconcile.ts';
import { createRunFinished } from '../../src/handlers/run-finished.ts';
import { DAY_KEY } from '../support/object-messages.ts';
import { JOB_NAME, jobEnded, NOTICE, POLICY, RunWorld } from '../support/run-world.ts';

const FAILED_LATER = { startedAt: 7_000, failedAt: 8_000, policyHash: buildContentHash('p'), error: 'It broke.' };

describe('run finished', () => {
  test('sends one notice of a run whose event comes twice, and counts the run once', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId, 5);

    const first = await finish(world, jobEnded(jobRunId));
    const second = await finish(world, jobEnded(jobRunId));

    expect([first, second]).toMatchObject([
      { kind: 'finished', notice: 'sent' },
      { kind: 'finished', notice: 'sent-before' },
    ]);
    expect(world.notifier.mailbox).toHaveLength(1);
    expect(world.telemetry.counts).toMatchObject({ NoticesSent: 1 });
    expect(world.telemetry.samples).toEqual([
      'weir_runs_total{status="succeeded-with-rejects"} 1',
      'weir_files_total{status="loaded"} 1',
      'weir_rows_total{verdict="inserted"} 4',
      'weir_rows_total{verdict="rejected"} 1',
      'weir_rejects_total{code="price-negative"} 1',
      'weir_open_rejects 0',
      'weir_last_success_timestamp_seconds 0',
    ]);
  });

  test('tells what the warehouse looks like after the commit', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    const delivery = buildDelivery({ rejects: [{ faults: buildFaults('price-negative') }] });
    await commitDeliveries(world.history, 'run-1', [delivery], { startedAt: 4_000, committedAt: 6_500 });
    await world.history.recordFailedRun({ ...FAILED_LATER, runId: 'run-2' });

    await finish(world, jobEnded(jobRunId));

    expect(world.telemetry.samples.slice(-3)).toEqual([
      'weir_open_rejects 1',
      'weir_run_duration_seconds 1',
      'weir_last_success_timestamp_seconds 6.5',
    ]);
  });

  test('finishes a run although the warehouse tells nothing', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    const error = new PortError({ code: 'warehouse.unreachable', message: 'It is away.', retryable: true });
    const history = injectFault(world.history, { method: 'openRejects', call: 1, when: 'before', error }).port;

    expect(await finish(world, jobEnded(jobRunId), { ...world.ports, history })).toMatchObject({ kind: 'finished' });
    expect(world.telemetry.said('The warehouse did not tell its gauges')).toHaveLength(1);
    expect(world.telemetry.samples).not.toContain('weir_open_rejects 0');
  });

  test('counts a run that failed', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.fail(jobRunId);

    await finish(world, jobEnded(jobRunId, 'FAILED'));

    expect(world.telemetry.counts).toMatchObject({ NoticesSent: 1 });
    expect(world.telemetry.samples).toEqual(['weir_runs_total{status="failed"} 1']);
  });

  test('starts a run that waited for the place of the job', async () => {
    const world = new RunWorld(1);
    const jobRunId = await start(world, DAY_KEY);
    await start(world, 'transactions/b.csv');
    await world.commit(jobRunId);

    await finish(world, jobEnded(jobRunId));

    expect(world.launcher.jobs()).toHaveLength(2);
    expect(world.telemetry.counts.RunsStarted).toBe(1);
  });

  test('says that a job is still under way, and leaves it to a sweep', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);

    expect(await finish(world, jobEnded(jobRunId))).toMatchObject({ kind: 'under-way' });
    expect(world.telemetry.said('The job is said to have ended')).toHaveLength(1);
    expect(world.notifier.mailbox).toEqual([]);
  });

  test('says that it knows no run of a job', async () => {
    const world = new RunWorld();

    expect(await finish(world, jobEnded('jr_unknown'))).toEqual({ kind: 'missing' });
    expect(world.telemetry.said('No run is known')).toHaveLength(1);
  });

  test('fails where the notice cannot be sent, so that Lambda tries again', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    const error = new PortError({ code: 'notifier.unreachable', message: 'SNS is away.', retryable: true });
    const notifier = injectFault(world.notifier, { method: 'send', call: 1, when: 'before', error }).port;

    await expect(finish(world, jobEnded(jobRunId), { ...world.ports, notifier })).rejects.toBe(error);
    await finish(world, jobEnded(jobRunId));

    expect(world.notifier.mailbox).toHaveLength(1);
  });
});

describe('archive', () => {
  test('takes the files of a committed run to the archive', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);

    expect(await archive(world, jobEnded(jobRunId))).toMatchObject({ kind: 'settled', archived: 1 });
    expect([...world.archive.stored.keys()]).toEqual([DAY_KEY]);
    expect(world.landing.peek(DAY_KEY)).toBeUndefined();
    expect(world.telemetry.counts).toMatchObject({ FilesArchived: 1, FilesQuarantined: 0 });
  });

  test('finds nothing to do when its event comes again', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    await archive(world, jobEnded(jobRunId));

    expect(await archive(world, jobEnded(jobRunId))).toMatchObject({ kind: 'settled-before' });
    expect(world.telemetry.counts.FilesArchived).toBe(1);
  });

  test('fails where a file could not be moved, so that Lambda tries again', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    const error = new PortError({ code: 'archive.write-failed', message: 'S3 is away.', retryable: true });
    const store = injectFault(world.archive, { method: 'take', call: 1, when: 'before', error }).port;

    await expect(archive(world, jobEnded(jobRunId), { ...world.ports, archive: store })).rejects.toMatchObject({
      code: 'archive.incomplete',
      retryable: true,
    });
    expect(world.telemetry.counts.FilesNotMoved).toBe(1);

    expect(await archive(world, jobEnded(jobRunId))).toMatchObject({ kind: 'settled', archived: 1 });
  });
});

describe.each([
  ['run finished', finish],
  ['archive', archive],
] as const)('%s', (_, handle) => {
  test.each([
    ['of another job', jobEnded('jr_1', 'SUCCEEDED', 'other')],
    ['that a job takes long', { ...jobEnded('jr_1'), 'detail-type': 'Glue Job Run Status' }],
  ])('ignores an event %s', async (_event, event) => {
    const world = new RunWorld();

    expect(await handle(world, event)).toEqual({ kind: 'ignored' });
    expect(world.telemetry.counts).toEqual({ EventsIgnored: 1 });
  });

  test('fails an event that is none of Glue', async () => {
    await expect(handle(new RunWorld(), { hello: 'world' })).rejects.toMatchObject({ name: 'MalformedEventError' });
  });
});

describe('reconcile', () => {
  test('plans a file whose event was lost', async () => {
    const world = new RunWorld();
    world.landing.put(DAY_KEY, 'rows', world.clock.now() - 60 * 60_000);

    await sweep(world);

    expect(world.launcher.jobs()).toHaveLength(1);
    expect(world.telemetry.counts).toMatchObject({ RunsStarted: 1 });
  });

  test('notifies and archives a run whose events were lost, and counts it', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId, 7);
    world.clock.advance(60 * 60_000);

    await sweep(world);

    expect(world.notifier.mailbox).toHaveLength(1);
    expect([...world.archive.stored.keys()]).toEqual([DAY_KEY]);
    expect(world.telemetry.counts).toMatchObject({ NoticesSent: 1 });
    expect(world.telemetry.samples).toContain('weir_rows_total{verdict="inserted"} 6');
  });

  test('tells once of a file that was given up, and counts it each time', async () => {
    const world = new RunWorld();
    const old = world.clock.now() - 60 * 60_000;
    const reconcile = sweeper(world);
    const failAgain = async (key: string) => {
      world.landing.put(key, 'rows', old);
      for (let attempt = 0; attempt < 3; attempt++) {
        await reconcile();
        await world.fail(world.launcher.jobs().at(-1)!.jobRunId);
      }
    };

    await failAgain('transactions/a.csv');
    for (let sweeps = 0; sweeps < 3; sweeps++) await reconcile();
    await failAgain('transactions/b.csv');
    for (let sweeps = 0; sweeps < 3; sweeps++) await reconcile();

    expect(world.telemetry.said('A file failed as often as it may').map(({ key }) => key)).toEqual([
      'transactions/a.csv',
      'transactions/b.csv',
    ]);
    expect(world.telemetry.counts.FilesGivenUp).toBeGreaterThan(6);
  });

  test('fails after all else where something was left undone', async () => {
    const world = new RunWorld();
    const jobRunId = await start(world, DAY_KEY);
    await world.commit(jobRunId);
    world.landing.put('transactions/b.csv', 'rows', world.clock.now() - 60 * 60_000);
    world.clock.advance(60 * 60_000);
    const error = new PortError({ code: 'notifier.unreachable', message: 'SNS is away.', retryable: true });
    const notifier = injectFault(world.notifier, { method: 'send', call: 1, when: 'before', error }).port;

    await expect(sweep(world, { ...world.ports, notifier })).rejects.toMatchObject({ code: 'sweep.incomplete' });

    expect(world.launcher.jobs()).toHaveLength(2);
    expect(world.telemetry.said('Something could not be done now.')).toEqual([
      expect.objectContaining({ code: 'notifier.unreachable' }),
    ]);
  });
});

async function start(world: RunWorld, key: string): Promise<string> {
  const file = world.landing.put(key, 'rows');
  const { runs } = await planRuns(world.ports, [file], { policy: POLICY, owner: 'test' });
  return runs[0]!.kind === 'started' ? runs[0]!.jobRunId : '';
}

async function finish(world: RunWorld, event: unknown, ports = world.ports): Promise<unknown> {
  const settings = { jobName: JOB_NAME, maxAttempts: 3, notice: NOTICE };
  return await createRunFinished(
    ports,
    settings,
    world.telemetry,
  )(event, { requestId: 'request-1', remainingTime: () => 60_000 });
}

async function archive(world: RunWorld, event: unknown, ports = world.ports): Promise<unknown> {
  const settings = { jobName: JOB_NAME, maxAttempts: 3 };
  return await createArchive(
    ports,
    settings,
    world.telemetry,
  )(event, { requestId: 'request-1', remainingTime: () => 60_000 });
}

async function sweep(world: RunWorld, ports = world.ports): Promise<unknown> {
  return await sweeper(world, ports)();
}

/** One process of the function. */
function sweeper(world: RunWorld, ports = world.ports): () => Promise<unknown> {
  const settings = { policy: POLICY, maxAttempts: 3, notice: NOTICE };
  const reconcile = createReconcile(ports, settings, world.telemetry);
  return () => reconcile({ source: 'aws.events' }, { requestId: 'request-1', remainingTime: () => 60_000 });
}
