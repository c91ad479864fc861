import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { encodeStagedLine, PortError, type Warehouse } from '@weir/core';
import { buildDelivery, buildFaults, commitDeliveries, injectFault } from '@weir/core/testing';
import {
  BAD_CUSTOMERS,
  CUSTOMERS,
  DimensionWorld,
  ONE_CUSTOMER,
  PRODUCTS,
  TWO_PRODUCTS,
} from '../support/dimension-world.ts';
import { busEvent, notification, sqsBatch } from '../support/object-messages.ts';

describe('dimensions', () => {
  test('loads the files of a batch, and leaves them where they are', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    world.landing.put(CUSTOMERS, gzipSync(ONE_CUSTOMER));

    const response = await world.handle(sqsBatch(busEvent({ key: PRODUCTS }), notification({ key: CUSTOMERS })));

    expect(response).toEqual({ batchItemFailures: [] });
    expect(await world.read('products')).toEqual(['P1\tLamp\tHome\tS1\t19.99', 'P2\tDesk\tHome\tS1\t199.00']);
    expect(await world.read('customers')).toEqual(['C1\tGold']);
    expect(world.landing.peek(PRODUCTS)).toBeDefined();
    expect(world.telemetry.counts).toEqual({ DimensionRowsRead: 3 });
  });

  test('loads the newest version of a file once, however many events tell of it', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    world.landing.put(PRODUCTS, TWO_PRODUCTS.replace('Lamp', 'Lantern'));

    await world.handle(sqsBatch(busEvent({ key: PRODUCTS }), busEvent({ key: PRODUCTS })));

    expect(await world.read('products')).toContain('P1\tLantern\tHome\tS1\t19.99');
    expect(world.telemetry.said('A dimension file was loaded.')).toHaveLength(1);
  });

  test('tells people of a bad file without a word of its rows, takes it to the quarantine, and loads the others', async () => {
    const world = new DimensionWorld();
    world.landing.put('dimensions/customers.csv', BAD_CUSTOMERS);
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    const batch = sqsBatch(busEvent({ key: 'dimensions/customers.csv' }), busEvent({ key: PRODUCTS }));

    const response = await world.handle(batch);

    expect(response).toEqual({ batchItemFailures: [] });
    expect([...world.quarantine.stored.keys()]).toEqual(['dimensions/customers.csv']);
    expect(world.landing.peek('dimensions/customers.csv')).toBeUndefined();
    const [notice] = world.notifier.mailbox;
    expect(notice?.text).toContain('line 2, customer_id: customer-id-blank');
    expect(JSON.stringify([notice, world.telemetry.lines])).not.toMatch(/Secret|Person|secret@example/);
    expect(await world.read('products')).toHaveLength(2);
    expect(world.telemetry.counts).toMatchObject({ DimensionFilesRefused: 1 });
  });

  test('refuses a damaged file as a whole', async () => {
    const world = new DimensionWorld();
    world.landing.put(CUSTOMERS, gzipSync(ONE_CUSTOMER).subarray(0, 40));

    await world.handle(busEvent({ key: CUSTOMERS }));

    expect(world.notifier.mailbox[0]?.text).toContain('file-not-text');
    expect([...world.quarantine.stored.keys()]).toEqual([CUSTOMERS]);
    expect(await world.read('customers')).toEqual([]);
  });

  test('leaves a bad file where it is while nobody could be told of it', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, 'nonsense\n1\n');
    const error = new PortError({ code: 'notifier.unreachable', message: 'SNS is away.', retryable: true });
    const notifier = injectFault(world.notifier, { method: 'send', call: 1, when: 'before', error }).port;

    const response = await world.handle(sqsBatch(busEvent({ key: PRODUCTS })), { notifier });

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(world.landing.peek(PRODUCTS)).toBeDefined();
  });

  test('fails just the messages of a file that could not be loaded', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    world.landing.put(CUSTOMERS, gzipSync(ONE_CUSTOMER));
    const error = new PortError({ code: 'warehouse.unreachable', message: 'Redshift is away.', retryable: true });
    const dimensions = injectFault(world.dimensions, { method: 'load', call: 1, when: 'before', error }).port;
    const batch = sqsBatch(busEvent({ key: PRODUCTS }), busEvent({ key: CUSTOMERS }));

    const response = await world.handle(batch, { dimensions });

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(await world.read('customers')).toEqual(['C1\tGold']);
  });

  test.each([
    'dimensions/suppliers.csv',
    'dimensions/products.csv.bak',
    'dimensions/my-products.csv',
    'dimensions/products.parquet',
    'transactions/products.csv',
  ])('ignores %s', async (key) => {
    const world = new DimensionWorld();
    world.landing.put(key, TWO_PRODUCTS);

    await world.handle(sqsBatch(busEvent({ key })));

    expect(world.telemetry.counts).toEqual({ EventsIgnored: 1 });
  });

  describe('when a schedule fires', () => {
    const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

    test('loads the files whose event was lost, and each once', async () => {
      const world = new DimensionWorld();
      world.landing.put(PRODUCTS, TWO_PRODUCTS);
      world.landing.put(CUSTOMERS, gzipSync(ONE_CUSTOMER));
      await world.handle(busEvent({ key: CUSTOMERS }));

      expect(await world.handle(scheduled)).toEqual([PRODUCTS]);
      expect(await world.handle(scheduled)).toEqual([]);
      expect(await world.read('products')).toHaveLength(2);
    });

    test('loads a newer version of a file that was loaded', async () => {
      const world = new DimensionWorld();
      world.landing.put(PRODUCTS, TWO_PRODUCTS);
      await world.handle(scheduled);
      world.landing.put(PRODUCTS, TWO_PRODUCTS.replace('Lamp', 'Lantern'));

      expect(await world.handle(scheduled)).toEqual([PRODUCTS]);
      expect(await world.read('products')).toContain('P1\tLantern\tHome\tS1\t19.99');
    });

    test('tries a file again that could not be loaded', async () => {
      const world = new DimensionWorld();
      world.landing.put(PRODUCTS, TWO_PRODUCTS);
      const error = new PortError({ code: 'warehouse.unreachable', message: 'Redshift is away.', retryable: true });
      const dimensions = injectFault(world.dimensions, { method: 'load', call: 1, when: 'before', error }).port;

      await expect(world.handle(scheduled, { dimensions })).rejects.toThrow('Redshift is away.');
      expect(await world.handle(scheduled)).toEqual([PRODUCTS]);
    });
  });

  test('says that a file is not there any more', async () => {
    const world = new DimensionWorld();

    expect(await world.handle(busEvent({ key: PRODUCTS }))).toEqual([{ key: PRODUCTS, outcome: 'gone' }]);
  });

  describe('heals rejected rows', () => {
    const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

    test('that lacked a product, once it is loaded', async () => {
      const world = await openOrphanage();

      expect(await world.handle(sqsBatch(busEvent({ key: PRODUCTS })))).toEqual({ batchItemFailures: [] });

      expect(await healedIn(world)).toEqual(['T-1', 'T-2']);
      expect(world.telemetry.counts).toEqual({ DimensionRowsRead: 2, RowsHealed: 2 });
      expect(world.telemetry.said('Rejected rows were read again.')).toMatchObject([{ healed: 2, isComplete: true }]);
    });

    test('without a word of them in the log', async () => {
      const world = await openOrphanage();

      await world.handle(busEvent({ key: PRODUCTS }));

      expect(JSON.stringify(world.telemetry.lines)).not.toMatch(/T-1|C1|P1/);
    });

    test('at the next sweep, where the time of this invocation is over', async () => {
      const world = await openOrphanage();
      world.remainingTime = () => 4 * 60_000;
      await world.handle(sqsBatch(busEvent({ key: PRODUCTS })));
      expect(await healedIn(world)).toEqual([]);

      world.remainingTime = () => 14 * 60_000;
      expect(await world.handle(scheduled)).toEqual([]);

      expect(await healedIn(world)).toEqual(['T-1', 'T-2']);
    });

    test('at the next sweep, where they cannot be healed now; the files are loaded all the same', async () => {
      const world = await openOrphanage();
      const error = new PortError({ code: 'warehouse.unreachable', message: 'Redshift is away.', retryable: true });
      const warehouse = injectFault(world.warehouse, { method: 'openStage', call: 1, when: 'before', error }).port;

      const response = await world.handle(sqsBatch(busEvent({ key: PRODUCTS })), { warehouse });
      expect(response).toEqual({ batchItemFailures: [] });
      expect(world.telemetry.said('Rows could not be healed')).toHaveLength(1);

      await expect(world.handle(scheduled, { warehouse: failing(world, error) })).rejects.toThrow('Redshift is away.');
      await world.handle(scheduled);
      expect(await healedIn(world)).toEqual(['T-1', 'T-2']);
    });

    test('at the next sweep, where the tables were just set up', async () => {
      const world = await openOrphanage();
      await world.handle({
        RequestType: 'Update',
        StackId: 'stack',
        RequestId: 'request-9',
        LogicalResourceId: 'SetUp',
        ResourceType: 'Custom::WeirSetUp',
        PhysicalResourceId: 'weir-set-up',
        ResourceProperties: {},
      });
      expect(await healedIn(world)).toEqual([]);
      await world.handle(scheduled);
      expect(await healedIn(world)).toEqual(['T-1', 'T-2']);
    });

    test('whose load was not noted any more: the sweep loads the file again', async () => {
      const world = await openOrphanage();
      const error = new PortError({ code: 'ledger.unreachable', message: 'S3 is away.', retryable: true });
      const pending = injectFault(world.pending, { method: 'demand', call: 1, when: 'before', error }).port;

      const response = await world.handle(sqsBatch(busEvent({ key: PRODUCTS })), { pending });
      expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });

      expect(await world.handle(scheduled)).toEqual([PRODUCTS]);
      expect(await healedIn(world)).toEqual(['T-1', 'T-2']);
    });
  });
});

/** Two rows lack their products, which lie there to be loaded; their customer is known. */
async function openOrphanage(): Promise<DimensionWorld> {
  const world = new DimensionWorld();
  await world.dimensions.load([
    { dimension: 'customers', rows: once(encodeStagedLine(['C1', 'A', 'B', 'a@b', 'Gold'])) },
  ]);
  const rejects = ['T-1,C1,P1', 'T-2,C1,P2'].map((ids) => ({
    raw_record: `${ids},2,19.99,2023-03-14,PayPal,Completed`,
    faults: buildFaults('product-unknown'),
  }));
  await commitDeliveries(world.warehouse, 'run-1', [buildDelivery({ rejects })]);
  world.landing.put(PRODUCTS, TWO_PRODUCTS);
  return world;
}

async function healedIn({ warehouse }: DimensionWorld): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const facts of warehouse.facts()) ids.push(...facts.map(({ transaction_id }) => transaction_id));
  return ids;
}

function failing({ warehouse }: DimensionWorld, error: Error): Warehouse {
  return injectFault<Warehouse>(warehouse, { method: 'openStage', call: 1, when: 'before', error }).port;
}

async function* once(line: Uint8Array): AsyncGenerator<Uint8Array> {
  yield line;
}
