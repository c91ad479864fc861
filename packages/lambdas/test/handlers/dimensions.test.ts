import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import { PortError } from '@weir/core';
import {
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryLandingZone,
  InMemoryNotifier,
  injectFault,
} from '@weir/core/testing';
import { createDimensions } from '../../src/handlers/dimensions.ts';
import { busEvent, LANDING_BUCKET, notification, sqsBatch } from '../support/object-messages.ts';
import { RecordedTelemetry } from '../support/recorded-telemetry.ts';
import { ResourceEndpoint } from '../support/resource-endpoint.ts';

const PRODUCTS = 'dimensions/products.csv';
const CUSTOMERS = 'dimensions/customers.csv.gz';
const TWO_PRODUCTS = `product_id,product_name,category,price,supplier_id
P1,Lamp,Home,19.99,S1
P2,Desk,Home,199.00,S1
`;
const ONE_CUSTOMER = `customer_id,first_name,last_name,email,membership_level
C1,Ada,Byron,ada@example.com,Gold
`;
const BAD_CUSTOMERS = `customer_id,first_name,last_name,email,membership_level
,Secret,Person,secret@example.com,Gold
`;

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

  test('says that a file is not there any more', async () => {
    const world = new DimensionWorld();

    expect(await world.handle(busEvent({ key: PRODUCTS }))).toEqual([{ key: PRODUCTS, outcome: 'gone' }]);
  });
});

describe('set-up', () => {
  const endpoint = new ResourceEndpoint();
  let url: string;
  const request = (RequestType: string, rest = {}) => ({
    RequestType,
    ResponseURL: url,
    StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/weir/1',
    RequestId: 'request-9',
    LogicalResourceId: 'SetUp',
    ResourceType: 'Custom::WeirSetUp',
    ResourceProperties: { CodeVersion: '3' },
    ...rest,
  });

  beforeEach(async () => {
    endpoint.answers.length = 0;
    endpoint.status = 200;
    url = await endpoint.listen();
  });
  afterEach(() => endpoint.close());

  test.each(['Create', 'Update'])('%s makes the tables, loads what lies there, and answers', async (type) => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    world.landing.put('dimensions/read-me.txt', 'hello');

    await world.handle(request(type));

    expect(world.upgrades).toBe(1);
    expect(await world.read('products')).toHaveLength(2);
    expect(endpoint.answers).toEqual([
      {
        method: 'PUT',
        contentType: undefined,
        body: {
          Status: 'SUCCESS',
          Reason: 'Done.',
          PhysicalResourceId: 'weir-set-up',
          StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/weir/1',
          RequestId: 'request-9',
          LogicalResourceId: 'SetUp',
        },
      },
    ]);
  });

  test('loads the newest version of each file that lies there', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    world.landing.put(PRODUCTS, TWO_PRODUCTS.replace('Lamp', 'Lantern'));

    await world.handle(request('Update', { PhysicalResourceId: 'kept' }));

    expect(await world.read('products')).toContain('P1\tLantern\tHome\tS1\t19.99');
    expect(endpoint.answers[0]?.body.PhysicalResourceId).toBe('kept');
  });

  test('Delete leaves the tables alone and answers', async () => {
    const world = new DimensionWorld();

    await world.handle(request('Delete'));

    expect(world.upgrades).toBe(0);
    expect(endpoint.answers[0]?.body.Status).toBe('SUCCESS');
  });

  test('a failure is answered with its reason, on one line', async () => {
    const world = new DimensionWorld();
    const schema = { upgrade: () => Promise.reject(new PortError({ code: 'warehouse.x', message: 'No\nway.' })) };

    await world.handle(request('Create'), { schema });

    expect(endpoint.answers.map(({ body }) => [body.Status, body.Reason])).toEqual([['FAILED', 'No\\u{a}way.']]);
    expect(world.telemetry.said('The set-up failed.')).toHaveLength(1);
  });

  test('a bad file holds the set-up not up', async () => {
    const world = new DimensionWorld();
    world.landing.put('dimensions/customers.csv', BAD_CUSTOMERS);
    world.landing.put(PRODUCTS, TWO_PRODUCTS);

    await world.handle(request('Create'));

    expect(endpoint.answers[0]?.body.Status).toBe('SUCCESS');
    expect(await world.read('products')).toHaveLength(2);
    expect(world.notifier.mailbox).toHaveLength(1);
  });

  test('fails where the answer is refused, without telling the address', async () => {
    const world = new DimensionWorld();
    endpoint.status = 403;

    const error = await Promise.resolve(world.handle(request('Create'))).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'resource.not-answered', retryable: true });
    expect(JSON.stringify([(error as Error).message, world.telemetry.lines])).not.toContain('secret');
  });

  test('gives its result to whoever invokes it without an address', async () => {
    const world = new DimensionWorld();

    expect(await world.handle({ RequestType: 'Create' })).toEqual({ PhysicalResourceId: 'weir-set-up' });
    expect(world.upgrades).toBe(1);
  });
});

class DimensionWorld {
  readonly landing = new InMemoryLandingZone('memory:landing', { keepsVersions: true });
  readonly quarantine = new InMemoryFileStore(this.landing, 'memory:quarantine');
  readonly dimensions = new InMemoryDimensionCatalog();
  readonly unpacker = new ZlibUnpacker();
  readonly notifier = new InMemoryNotifier();
  readonly telemetry = new RecordedTelemetry();
  upgrades = 0;
  readonly schema = {
    upgrade: async () => {
      this.upgrades += 1;
      return { from: 0, to: 1 };
    },
  };

  handle(event: unknown, replaced: object = {}): Promise<unknown> {
    const { landing, quarantine, dimensions, unpacker, notifier, schema } = this;
    const ports = { landing, quarantine, dimensions, unpacker, notifier, schema, ...replaced };
    const place = { bucket: LANDING_BUCKET, folder: 'dimensions/' };
    return createDimensions(ports, { place }, this.telemetry)(event, { requestId: 'request-1' });
  }

  async read(dimension: 'products' | 'customers'): Promise<string[]> {
    let text = '';
    for await (const chunk of this.dimensions.read(dimension)) text += new TextDecoder().decode(chunk);
    return text.split('\n').filter((line) => line !== '');
  }
}
