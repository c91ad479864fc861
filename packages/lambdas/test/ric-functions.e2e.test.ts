import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedPath } from '../../core/test/support/shared-data.ts';
import { AwsPlace, BUCKETS } from './support/aws-place.ts';
import { buildBundles, FUNCTION_NAMES } from './support/build-bundles.ts';
import { busEvent, DAY_KEY, notification, sqsBatch } from './support/object-messages.ts';
import { buildRic, RicFunction } from './support/ric-function.ts';
import { TraceDaemon } from './support/trace-daemon.ts';

const isWanted = process.env.WEIR_RIC === '1';
if (!isWanted) process.stderr.write('Functions under aws-lambda-ric: skipped, since WEIR_RIC=1 is not set\n');

/** Every published event that is fit for a function of the landing bucket, and what becomes of it. */
const OBJECT_EVENTS: Readonly<Record<string, 'ignored' | 'malformed'>> = {
  'base.json': 'ignored',
  'decoded-key.json': 'ignored',
  'delete-object.json': 'ignored',
  'eventbridge-object-created.json': 'ignored',
  'eventbridge-object-deleted.json': 'ignored',
  'eventbridge-object-expired.json': 'ignored',
  'eventbridge-object-restored.json': 'ignored',
  'glacier.json': 'ignored',
  'object-iam-user.json': 'malformed',
  'object-temp-credentials.json': 'malformed',
  's3-lifecycle-event.json': 'ignored',
  's3_test_event.json': 'ignored',
  'glue_job_state_change_failed.json': 'malformed',
  'glue_job_state_change_succeeded.json': 'malformed',
};
const JOB_EVENTS = ['glue_job_state_change_failed.json', 'glue_job_state_change_succeeded.json'];

(isWanted ? describe : describe.skip)('functions under aws-lambda-ric', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bundles-'));
  const daemon = new TraceDaemon();
  const started: RicFunction[] = [];
  let ric: string;
  let folderOf: (name: string) => string;
  let place: AwsPlace;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    ric = buildRic();
    folderOf = buildBundles(folder);
    place = await AwsPlace.open(async () => ({ state: 'SUCCEEDED' }));
    environment = { ...place.environment, AWS_XRAY_DAEMON_ADDRESS: await daemon.listen() };
  }, 300_000);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.close()));
  });
  afterAll(async () => {
    daemon.close();
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const one = await RicFunction.start(ric, folderOf(name), { ...environment, ...more });
    started.push(one);
    return one;
  };

  describe.each(['files-landed', 'dimensions'])('%s', (name) => {
    test('answers every published event, handed over directly', async () => {
      const one = await start(name);
      for (const [file, fate] of Object.entries(OBJECT_EVENTS)) {
        const result = await one.invoke(readEvent(file));

        const expected = fate === 'ignored' ? { kind: 'answer' } : { error: { errorType: 'MalformedEventError' } };
        expect([file, result]).toMatchObject([file, expected]);
      }
    });

    test('answers every published event in one batch: what is malformed fails alone', async () => {
      const one = await start(name);
      const batch = sqsBatch(
        ...Object.keys(OBJECT_EVENTS).map(readEvent),
        readBody('sqs-event.json'),
        readBody('sns-body.json'),
      );
      const fates = [...Object.values(OBJECT_EVENTS), 'ignored', 'malformed'];

      const result = await one.invoke(batch);

      const failed = fates.flatMap((fate, i) => (fate === 'malformed' ? [{ itemIdentifier: `message-${i + 1}` }] : []));
      expect(result).toEqual({ kind: 'answer', value: { batchItemFailures: failed } });
    });

    test('answers batches as SQS hands them over', async () => {
      const one = await start(name);

      expect(await one.invoke(readEvent('sqs-event.json'))).toEqual({
        kind: 'answer',
        value: { batchItemFailures: [] },
      });
      expect(await one.invoke(readEvent('sns-body.json'))).toEqual({
        kind: 'answer',
        value: { batchItemFailures: [{ itemIdentifier: '79406a00-bf15-46ca-978c-22c3613fcb30' }] },
      });
    });
  });

  describe.each(['run-finished', 'archive'])('%s', (name) => {
    test.each(JOB_EVENTS)('answers %s, whose job is not known', async (file) => {
      const one = await start(name);

      expect(await one.invoke(readEvent(file))).toEqual({ kind: 'answer', value: { kind: 'missing' } });
    });

    test('fails an event that is none of Glue, and works on', async () => {
      const one = await start(name);

      expect(await one.invoke(readEvent('base.json'))).toMatchObject({ error: { errorType: 'MalformedEventError' } });
      expect(await one.invoke(readEvent(JOB_EVENTS[0]!))).toMatchObject({ kind: 'answer' });
    });
  });

  test('reconcile sweeps an empty place, whatever its event', async () => {
    const one = await start('reconcile');

    expect(await one.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} })).toMatchObject({
      kind: 'answer',
      value: { problems: 0 },
    });
  });

  test('files-landed starts the job of a run, for keys of all kinds, once', async () => {
    const key = 'transactions/year=2023/month=03/day=16/50% of "é".csv';
    const [first, second] = [await place.put(DAY_KEY, 'rows'), await place.put(key, 'rows')];
    const one = await start('files-landed');
    const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
    const batch = sqsBatch(busEvent({ versionId: first }), notification({ key: encoded, versionId: second }));

    const results = [await one.invoke(batch), await one.invoke(batch)];

    const [run] = place.simulator.glue.runsOf('test_job');
    expect(results).toEqual(Array(2).fill({ kind: 'answer', value: { batchItemFailures: [] } }));
    expect(place.simulator.glue.runsOf('test_job')).toHaveLength(1);
    expect((await place.keysIn(BUCKETS.ledger)).filter((name) => name.includes('runs/open'))).toEqual([
      `ledger/runs/open/${run!.arguments['--run-id']}.json`,
    ]);
    expect(await place.keysIn(BUCKETS.landing)).toHaveLength(2);
  });

  test('dimensions makes the tables and loads what lies there', async () => {
    await place.put(
      'dimensions/products.csv',
      'product_id,product_name,category,price,supplier_id\nP1,Lamp,Home,19.99,S1\n',
    );
    const one = await start('dimensions');

    const results = [await one.invoke({ RequestType: 'Create' }), await one.invoke({ RequestType: 'Update' })];

    expect(results).toEqual(Array(2).fill({ kind: 'answer', value: { PhysicalResourceId: 'weir-set-up' } }));
    const loads = one
      .lines()
      .filter((line) => line.includes('A dimension file was loaded.'))
      .map((line) => JSON.parse(line));
    expect(loads).toMatchObject([{ loads: [{ inserted: 1 }] }, { loads: [{ unchanged: 1 }] }]);
  });

  test('a run that its job did not commit is told as failed, once, and its files are free again', async () => {
    const [run] = place.simulator.glue.runsOf('test_job');
    const event = { ...(readEvent(JOB_EVENTS[1]!) as { readonly detail: object }), id: 'event-7' };
    const ended = { ...event, detail: { ...event.detail, jobRunId: run!.id } };
    const [finished, archive] = [await start('run-finished'), await start('archive')];
    await place.simulator.settle();

    expect(await finished.invoke(ended)).toMatchObject({ value: { kind: 'finished', notice: 'sent' } });
    expect(await finished.invoke(ended)).toMatchObject({ value: { kind: 'finished', notice: 'sent-before' } });
    expect(await archive.invoke(ended)).toMatchObject({ value: { kind: 'settled', archived: 0, released: 2 } });
    expect(await archive.invoke(ended)).toMatchObject({ value: { kind: 'settled-before' } });

    expect(place.simulator.mailbox.map(({ to }) => to)).toEqual(['ops@example.com']);
    expect(finished.lines().map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'The run is finished.', correlation_id: 'event-7' }),
    );
  });

  test.each(FUNCTION_NAMES)('%s is not loaded with a wrong configuration, and says what is wrong', async (name) => {
    const one = await start(name, { WEIR_CONFIG: '{"region":1}' });

    expect(await one.invoke({})).toMatchObject({
      kind: 'error',
      error: { errorMessage: expect.stringContaining('WEIR_CONFIG cannot be used') },
    });
  });

  test('every line of a log is one document, and nobody forges one by the name of a file', async () => {
    const forged = 'transactions/a.csv\n{"level":"ERROR","message":"forged"}\u2028\u202e.csv';
    const one = await start('files-landed');

    await one.invoke(sqsBatch(busEvent({ key: forged }), busEvent({ key: forged, bucket: 'other\nline' }), 'no json'));
    await one.invoke(busEvent({ bucket: 'other' }));

    const lines = one.lines().map((line) => JSON.parse(line));
    expect(lines.filter(({ message }) => message === 'forged')).toEqual([]);
    expect(one.lines().join()).not.toMatch(/[\u2028\u202e]/);
    const logged = lines.filter(({ message }) => message === 'An event was ignored.');
    expect(logged).toMatchObject([
      { reason: 'it lies in the bucket other\\u{a}line', cold_start: true, service: 'weir-test' },
      { reason: 'it lies in the bucket other', cold_start: false, correlation_id: expect.stringMatching(/^f5f1e65c/) },
    ]);
    expect(lines.filter((line) => '_aws' in line)).toMatchObject([
      {
        _aws: { CloudWatchMetrics: [{ Namespace: 'Weir' }] },
        MessagesMalformed: 1,
        EventsIgnored: 1,
        service: 'weir-test',
      },
      { EventsIgnored: 1 },
    ]);
  });

  test('an error is told to Lambda in one line, without a stack', async () => {
    const one = await start('files-landed', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });

    const result = await one.invoke(busEvent({ versionId: 'v1' }));

    expect(result).toMatchObject({ kind: 'error', error: { errorType: 'landing.unreadable' } });
    const { errorMessage, trace } = (
      result as unknown as { readonly error: { readonly errorMessage: string; readonly trace: readonly string[] } }
    ).error;
    expect([errorMessage, ...trace].join()).not.toMatch(/\n|at .*index\.mjs/);
    const [logged] = one
      .lines()
      .map((line) => JSON.parse(line))
      .filter(({ message }) => message === 'The invocation failed.');
    expect(logged).toMatchObject({ level: 'ERROR', fault: { code: 'landing.unreadable', retryable: true } });
  }, 60_000);

  test('traces tell of an invocation and of its calls to AWS', async () => {
    daemon.parts.length = 0;
    const one = await start('files-landed');

    await one.invoke(busEvent({ versionId: 'unknown' }));

    await expectSoon(() => {
      const names = daemon.parts.map(({ name }) => name);
      expect(names).toContain('## handler');
      expect(JSON.stringify(daemon.parts)).toContain('ListObjectVersions');
    });
  });
});

function readEvent(file: string): unknown {
  return JSON.parse(readFileSync(sharedPath('aws-events', file), 'utf8'));
}

function readBody(file: string): string {
  return (readEvent(file) as { Records: [{ body: string }] }).Records[0].body;
}

async function expectSoon(check: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return check();
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
