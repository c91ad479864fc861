import { expect, test } from '@jest/globals';
import { BUCKETS } from './support/aws-place.ts';
import { FUNCTION_NAMES } from './support/build-bundles.ts';
import { busEvent, DAY_KEY, notification, sqsBatch } from './support/object-messages.ts';
import { readEvent } from './support/published-events.ts';
import { describeRic } from './support/ric-account.ts';

describeRic('functions under aws-lambda-ric', (account) => {
  test('reconcile sweeps an empty place, whatever its event', async () => {
    const one = await account.start('reconcile');

    expect(await one.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} })).toMatchObject({
      kind: 'answer',
      value: { problems: 0 },
    });
  });

  test('files-landed starts the job of a run, for keys of all kinds, once', async () => {
    const key = 'transactions/year=2023/month=03/day=16/50% of "é".csv';
    const [first, second] = [await account.place.put(DAY_KEY, 'rows'), await account.place.put(key, 'rows')];
    const one = await account.start('files-landed');
    const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
    const batch = sqsBatch(busEvent({ versionId: first }), notification({ key: encoded, versionId: second }));

    const results = [await one.invoke(batch), await one.invoke(batch)];

    const [run] = account.place.simulator.glue.runsOf('test_job');
    expect(results).toEqual(Array(2).fill({ kind: 'answer', value: { batchItemFailures: [] } }));
    expect(account.place.simulator.glue.runsOf('test_job')).toHaveLength(1);
    expect((await account.place.keysIn(BUCKETS.ledger)).filter((name) => name.includes('runs/open'))).toEqual([
      `ledger/runs/open/${run!.arguments['--run-id']}.json`,
    ]);
    expect(await account.place.keysIn(BUCKETS.landing)).toHaveLength(2);
  });

  test('dimensions makes the tables and loads what lies there', async () => {
    await account.place.put(
      'dimensions/products.csv',
      'product_id,product_name,category,price,supplier_id\nP1,Lamp,Home,19.99,S1\n',
    );
    const one = await account.start('dimensions');

    const results = [await one.invoke({ RequestType: 'Create' }), await one.invoke({ RequestType: 'Update' })];

    expect(results).toEqual(Array(2).fill({ kind: 'answer', value: { PhysicalResourceId: 'weir-set-up' } }));
    const loads = one
      .lines()
      .filter((line) => line.includes('A dimension file was loaded.'))
      .map((line) => JSON.parse(line));
    expect(loads).toMatchObject([{ loads: [{ inserted: 1 }] }, { loads: [{ unchanged: 1 }] }]);
  });

  test('a run that its job did not commit is told as failed, once, and its files are free again', async () => {
    const [run] = account.place.simulator.glue.runsOf('test_job');
    const event = {
      ...(readEvent('glue_job_state_change_succeeded.json') as { readonly detail: object }),
      id: 'event-7',
    };
    const ended = { ...event, detail: { ...event.detail, jobRunId: run!.id } };
    const [finished, archive] = [await account.start('run-finished'), await account.start('archive')];
    await account.place.simulator.settle();

    expect(await finished.invoke(ended)).toMatchObject({ value: { kind: 'finished', notice: 'sent' } });
    expect(await finished.invoke(ended)).toMatchObject({ value: { kind: 'finished', notice: 'sent-before' } });
    expect(await archive.invoke(ended)).toMatchObject({ value: { kind: 'settled', archived: 0, released: 2 } });
    expect(await archive.invoke(ended)).toMatchObject({ value: { kind: 'settled-before' } });

    expect(account.place.simulator.mailbox.map(({ to }) => to)).toEqual(['ops@example.com']);
    expect(finished.lines().map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'The run is finished.', correlation_id: 'event-7' }),
    );
  });

  test.each(FUNCTION_NAMES)('%s is not loaded with a wrong configuration, and says what is wrong', async (name) => {
    const one = await account.start(name, { WEIR_CONFIG: '{"region":1}' });

    expect(await one.invoke({})).toMatchObject({
      kind: 'error',
      error: { errorMessage: expect.stringContaining('WEIR_CONFIG cannot be used') },
    });
  });

  test('every line of a log is one document, and nobody forges one by the name of a file', async () => {
    const forged = 'transactions/a.csv\n{"level":"ERROR","message":"forged"}\u2028\u202e.csv';
    const one = await account.start('files-landed');

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
    const one = await account.start('files-landed', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });

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
    account.traces.length = 0;
    const one = await account.start('files-landed');

    await one.invoke(busEvent({ versionId: 'unknown' }));

    await expectSoon(() => {
      const names = account.traces.map(({ name }) => name);
      expect(names).toContain('## handler');
      expect(JSON.stringify(account.traces)).toContain('ListObjectVersions');
    });
  });
});

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
