import { describe, expect, test } from '@jest/globals';
import { PortError, type RunEntry } from '@weir/core';
import { injectFault } from '@weir/core/testing';
import { createFilesLanded } from '../../src/handlers/files-landed.ts';
import { busEvent, DAY_KEY, LANDING_BUCKET, notification, sqsBatch, TEST_EVENT } from '../support/object-messages.ts';
import { POLICY, RunWorld } from '../support/run-world.ts';

const OTHER_DAY = 'transactions/year=2023/month=03/day=16/transactions_2023-03-16.csv.gz';

describe('files landed', () => {
  test('makes one run of all files of a batch, whatever way their events came', async () => {
    const { world, handle } = open();
    const [first, second] = [land(world, DAY_KEY), land(world, OTHER_DAY)];

    const response = await handle(sqsBatch(busEvent(first), notification(second)));

    expect(response).toEqual({ batchItemFailures: [] });
    expect(filesOf(await world.entries())).toEqual([[DAY_KEY, OTHER_DAY]]);
    expect(world.launcher.jobs()).toHaveLength(1);
    expect(world.telemetry.counts).toEqual({ FilesPlanned: 2, RunsPlanned: 1, RunsStarted: 1 });
  });

  test.each(['EventBridge', 'S3'])('takes an event that %s hands over without a queue', async (way) => {
    const { world, handle } = open();
    const file = land(world, DAY_KEY);

    const answer = await handle(way === 'S3' ? notification(file) : busEvent(file));

    expect(answer).toMatchObject({ files: 1, runs: [{ kind: 'started' }] });
    expect(world.launcher.jobs()).toHaveLength(1);
  });

  test('plans a version once, however often its event comes', async () => {
    const { world, handle } = open();
    const event = busEvent(land(world, DAY_KEY));

    await handle(sqsBatch(event, event, event));
    await handle(sqsBatch(event));

    expect(filesOf(await world.entries())).toEqual([[DAY_KEY]]);
    expect(world.launcher.jobs()).toHaveLength(1);
  });

  test('gives two versions of a key to successive runs in the order of their sequencers', async () => {
    const { world, handle } = open();
    const older = { ...land(world, DAY_KEY), sequencer: '0064AA' };
    const newer = { ...land(world, DAY_KEY), sequencer: '0064AA01' };

    await handle(sqsBatch(busEvent(newer), busEvent(older)));

    const entries = (await world.entries()).sort((a, b) => a.plannedAt - b.plannedAt);
    expect(entries.map(({ files }) => files.map(({ version }) => version))).toEqual([
      [older.versionId],
      [newer.versionId],
    ]);
  });

  test('fails a message that holds no event alone, and says why', async () => {
    const { world, handle } = open();

    const response = await handle(sqsBatch('{ no json', busEvent(land(world, DAY_KEY)), { hello: 'world' }));

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-3' }] });
    expect(filesOf(await world.entries())).toEqual([[DAY_KEY]]);
    expect(world.telemetry.counts.MessagesMalformed).toBe(2);
    expect(world.telemetry.said('A message holds no event of S3')).toEqual([
      { messageId: 'message-1', received: '1', fault: expect.objectContaining({ message: 'The message is no JSON.' }) },
      expect.objectContaining({ messageId: 'message-3' }),
    ]);
  });

  test('fails all messages of a batch where none holds an event, without an error', async () => {
    const { handle } = open();

    await expect(handle(sqsBatch('a', 'b'))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }],
    });
  });

  test('fails just the messages of a file that could not be looked up', async () => {
    const world = new RunWorld();
    const [first, second] = [land(world, DAY_KEY), land(world, OTHER_DAY)];
    const error = new PortError({ code: 'landing.unreadable', message: 'S3 is away.', retryable: true });
    const landing = injectFault(world.landing, { method: 'find', call: 1, when: 'before', error }).port;
    const { handle } = open(world, { ...world.ports, landing });

    const response = await handle(sqsBatch(busEvent(first), busEvent(second), busEvent(first)));

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-3' }] });
    expect(filesOf(await world.entries())).toEqual([[OTHER_DAY]]);
  });

  test.each(['claims', 'plan', 'claim'])('fails the whole batch where the ledger fails at %s', async (method) => {
    const world = new RunWorld();
    const error = new PortError({ code: 'ledger.unreachable', message: 'S3 is away.', retryable: true });
    const ledger = injectFault(world.ledger, { method, call: 1, when: 'before', error }).port;
    const { handle } = open(world, { ...world.ports, ledger });
    const batch = sqsBatch(busEvent(land(world, DAY_KEY)));

    await expect(handle(batch)).rejects.toBe(error);
    world.clock.advance(10 * 60_000);
    await open(world).handle(batch);

    expect(world.launcher.jobs()).toHaveLength(1);
  });

  test('leaves a version alone that is not there any more, and says so', async () => {
    const { world, handle } = open();
    const event = busEvent(land(world, DAY_KEY));
    world.landing.remove(DAY_KEY);

    expect(await handle(event)).toEqual({ files: 0, runs: [] });
    expect(world.telemetry.said('A file is not in the landing place any more')).toEqual([
      expect.objectContaining({ key: DAY_KEY }),
    ]);
  });

  test.each<[string, unknown, string]>([
    ['of another bucket', busEvent({ bucket: 'other' }), 'it lies in the bucket other'],
    ['outside of the folder', busEvent({ key: 'dimensions/products.csv' }), 'it lies outside of transactions/'],
    ['beside the folder', busEvent({ key: 'transactions-old/a.csv' }), 'it lies outside of transactions/'],
    ['of another ending', busEvent({ key: 'transactions/a.parquet' }), 'its name is not that of a file we read'],
    ['that is a folder', busEvent({ key: 'transactions/year=2023/' }), 'its name is not that of a file we read'],
    ['that is hidden', busEvent({ key: 'transactions/_tmp/a.csv' }), 'it is hidden or unfinished by its name'],
    [
      'that was deleted',
      notification({ eventName: 'ObjectRemoved:Delete' }),
      'an event of the type ObjectRemoved:Delete',
    ],
    ['that is a trial', TEST_EVENT, 'S3 tried the connection'],
  ])('ignores an event %s, and says why', async (_, event, reason) => {
    const { world, handle } = open();

    expect(await handle(sqsBatch(event))).toEqual({ batchItemFailures: [] });
    expect(world.telemetry.said('An event was ignored.')).toEqual([expect.objectContaining({ reason })]);
    expect(world.telemetry.counts).toEqual({ EventsIgnored: 1 });
    expect(await world.entries()).toEqual([]);
  });

  test('finds a key that the notification had to encode', async () => {
    const { world, handle } = open();
    const file = land(world, 'transactions/year=2023/day one+two/50% é.csv');

    await handle(notification({ ...file, key: 'transactions/year%3D2023/day+one%2Btwo/50%25+%C3%A9.csv' }));

    expect(filesOf(await world.entries())).toEqual([['transactions/year=2023/day one+two/50% é.csv']]);
  });

  test('leaves a run planned where as many jobs run as may', async () => {
    const world = new RunWorld(0);
    const { handle } = open(world);

    expect(await handle(busEvent(land(world, DAY_KEY)))).toMatchObject({ runs: [{ kind: 'busy' }] });
    expect(world.telemetry.counts).toMatchObject({ RunsPlanned: 1, RunsStarted: 0 });
  });

  test('fails an event without a queue that is none of S3', async () => {
    const { handle } = open();

    await expect(handle({ hello: 'world' })).rejects.toMatchObject({ name: 'MalformedEventError' });
  });

  test('plans a batch of 500 files as one run', async () => {
    const { world, handle } = open();
    const events = Array.from({ length: 500 }, (_, i) => busEvent(land(world, `transactions/day=${i}/a.csv`)));

    await handle(sqsBatch(...events));

    expect((await world.entries()).map(({ files }) => files.length)).toEqual([500]);
  });
});

function open(world = new RunWorld(), ports = world.ports) {
  const settings = {
    landing: { bucket: LANDING_BUCKET, folder: 'transactions/' },
    policy: POLICY,
    maxAttempts: 3,
    toVersion: ({ versionId }: { readonly versionId: string | undefined }) => versionId,
  };
  const work = createFilesLanded(ports, settings, world.telemetry);
  return { world, handle: (event: unknown) => work(event, { requestId: 'request-1', remainingTime: () => 60_000 }) };
}

function land(world: RunWorld, key: string) {
  return { key, versionId: world.landing.put(key, 'rows').version };
}

function filesOf(entries: readonly RunEntry[]) {
  return entries.map(({ files }) => files.map(({ key }) => key).sort());
}
