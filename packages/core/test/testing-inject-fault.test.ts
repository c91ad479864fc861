import { describe, expect, test } from '@jest/globals';
import type { LandedContent, Warehouse } from '../src/index.ts';
import {
  buildDelivery,
  commitDeliveries,
  type FaultPlan,
  InMemoryLandingZone,
  InMemoryWarehouse,
  injectFault,
  ManualClock,
} from '../src/testing/index.ts';

const ERROR = new Error('Injected.');
const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });

function inject<Port extends object>(port: Port, plan: Partial<FaultPlan>) {
  return injectFault(port, { method: '*', call: 1, when: 'before', error: ERROR, ...plan });
}

describe('a fault before a call', () => {
  test('keeps it from the adapter', async () => {
    const warehouse = new InMemoryWarehouse();
    const { port } = inject<Warehouse>(warehouse, { method: 'commit' });
    await expect(commitDeliveries(port, 'run-1', [DELIVERY])).rejects.toBe(ERROR);
    expect(await warehouse.runs({ limit: 10 })).toEqual([]);
  });

  test('rejects where the method would give a promise, and throws where it would not', async () => {
    const { port } = inject(new InMemoryWarehouse(), { method: 'run' });
    await expect(port.run('run-1')).rejects.toBe(ERROR);
    const clock = inject(new ManualClock(), { method: 'now' });
    expect(() => clock.port.now()).toThrow(ERROR);
  });

  test('fails at the first step where the method would give an iterable', async () => {
    const { port } = inject(landTwo(), { method: 'list' });
    const files = port.list();
    await expect(readAll(files)).rejects.toBe(ERROR);
  });
});

describe('a fault after a call', () => {
  test('loses the answer, but not the effect', async () => {
    const warehouse = new InMemoryWarehouse();
    const { port } = inject<Warehouse>(warehouse, { method: 'commit', when: 'after' });
    await expect(commitDeliveries(port, 'run-1', [DELIVERY])).rejects.toBe(ERROR);
    expect((await warehouse.run('run-1'))?.totals.inserted).toBe(2);
  });

  test('loses a step of an iterable', async () => {
    const { port } = inject(landTwo(), { method: 'list.next', when: 'after' });
    await expect(readAll(port.list())).rejects.toBe(ERROR);
  });

  test('loses what a method without a promise gives, be it a value or an iterable', async () => {
    const clock = inject(new ManualClock(), { method: 'now', when: 'after' });
    expect(() => clock.port.now()).toThrow(ERROR);
    const lists = { list: (): AsyncIterable<unknown> => landTwo().list() };
    await expect(readAll(inject(lists, { method: 'list', when: 'after' }).port.list())).rejects.toBe(ERROR);
  });
});

describe('calls', () => {
  test('are counted, and only the n-th fails', async () => {
    const faulty = inject<Warehouse>(new InMemoryWarehouse(), { method: 'openStage', call: 2 });
    await commitDeliveries(faulty.port, 'run-1', [DELIVERY]);
    expect([faulty.calls(), faulty.happened()]).toEqual([1, false]);
    await expect(commitDeliveries(faulty.port, 'run-2', [DELIVERY])).rejects.toBe(ERROR);
    await commitDeliveries(faulty.port, 'run-3', [DELIVERY]);
    expect([faulty.calls(), faulty.happened()]).toEqual([3, true]);
  });

  test('reach objects that a method gives out, and iterables in their properties', async () => {
    const landing = landTwo();
    const file = landing.peek('a.csv')!.file;
    for (const method of ['close', 'contentHash', 'chunks.next']) {
      const { port } = inject(landing, { method });
      await expect(readContent(await port.open(file))).rejects.toBe(ERROR);
    }
  });

  test('of another name do not count', async () => {
    const faulty = inject<Warehouse>(new InMemoryWarehouse(), { method: 'nothing' });
    await commitDeliveries(faulty.port, 'run-1', [DELIVERY]);
    expect(faulty.calls()).toBe(0);
  });
});

test('an object without a class comes through as data, or as a port where it has methods', () => {
  const bare: object = Object.assign(Object.create(null), { count: 1 });
  const active: { now(): number } = Object.assign(Object.create(null), { now: () => 1 });
  const { port } = inject({ bare: () => bare, active: () => active }, { method: 'now' });
  expect(port.bare()).toBe(bare);
  expect(() => port.active().now()).toThrow(ERROR);
});

test('data comes through as it is', async () => {
  const warehouse = new InMemoryWarehouse();
  await commitDeliveries(warehouse, 'run-1', [DELIVERY]);
  const { port } = inject(warehouse, { call: 1000 });
  expect(await port.run('run-1')).toBe(await warehouse.run('run-1'));
  const hashes = await port.committedHashes([DELIVERY.key]);
  expect(hashes.get(DELIVERY.key)?.has(DELIVERY.contentHash)).toBe(true);
});

test('two faults may be set on one port', async () => {
  const first = inject(new ManualClock(5), { method: 'now', call: 1 });
  const { port } = inject(first.port, { method: 'now', call: 3 });
  expect(() => port.now()).toThrow(ERROR);
  expect(port.now()).toBe(5);
  expect(() => port.now()).toThrow(ERROR);
});

test('a reader that stops early lets the adapter clean up', async () => {
  let isClean = false;
  const source = {
    async *items() {
      try {
        yield 1;
        yield 2;
      } finally {
        isClean = true;
      }
    },
  };
  for await (const _ of inject(source, { call: 1000 }).port.items()) break;
  expect(isClean).toBe(true);
});

test.each(['before', 'after'] as const)(
  'a run that fails %s any call is all there or not there at all',
  async (when) => {
    let failures = 0;
    for (let call = 1, isOver = false; !isOver; call++) {
      const warehouse = new InMemoryWarehouse();
      const faulty = inject<Warehouse>(warehouse, { call, when });
      const outcome = await commitDeliveries(faulty.port, 'run-1', [DELIVERY]).catch(() => undefined);
      const facts = (await readAll(warehouse.facts())).flat();
      expect([facts.length, (await warehouse.rejects()).length]).toEqual(facts.length === 0 ? [0, 0] : [2, 1]);
      if (outcome === undefined) failures++;
      isOver = !faulty.happened();
    }
    expect(failures).toBe(5);
  },
);

function landTwo(): InMemoryLandingZone {
  const landing = new InMemoryLandingZone();
  landing.put('a.csv', 'one');
  landing.put('b.csv', 'two');
  return landing;
}

async function readContent(content: LandedContent): Promise<string> {
  for await (const _ of content.chunks);
  const hash = content.contentHash();
  await content.close();
  return hash;
}

async function readAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
