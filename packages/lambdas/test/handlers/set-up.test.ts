import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import { BAD_CUSTOMERS, DimensionWorld, PRODUCTS, TWO_PRODUCTS } from '../support/dimension-world.ts';
import { ResourceEndpoint } from '../support/resource-endpoint.ts';

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

  test('the user of the programs is set up when the tables are there, and before any file is loaded', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    const seen: unknown[] = [];
    const programUser = { setUp: async () => void seen.push(world.upgrades, await world.read('products')) };

    await world.handle(request('Create'), { programUser });

    expect(seen).toEqual([1, []]);
    expect(await world.read('products')).toHaveLength(2);
  });

  test('without its user nothing is loaded, and the deployment is told why', async () => {
    const world = new DimensionWorld();
    world.landing.put(PRODUCTS, TWO_PRODUCTS);
    const programUser = {
      setUp: () => Promise.reject(new PortError({ code: 'secret.invalid', message: 'No user.', remedy: 'Name one.' })),
    };

    await world.handle(request('Update'), { programUser });

    expect(endpoint.answers.map(({ body }) => [body.Status, body.Reason])).toEqual([['FAILED', 'No user. Name one.']]);
    expect(await world.read('products')).toEqual([]);
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
