import { beforeAll, describe, expect, test } from '@jest/globals';
import { openMemoryWarehouses } from '../src/stores/memory-warehouses.ts';
import type { Warehouses } from '../src/stores/warehouses.ts';
import { FaultGate } from '../src/sweep/fault-gate.ts';
import { localLife } from '../src/sweep/local-life.ts';
import { plannedLife } from '../src/sweep/planned-life.ts';
import { sweepFaults } from '../src/sweep/sweep-faults.ts';
import { FEW_FATES, TWO_FATES } from '../src/sweep/waiting-files.ts';
import { forgetJobs, PLANNED_STORES, WAREHOUSES } from './known-bad/bad-when-it-breaks.ts';

const ONE_FAULT = { pairs: false };

let warehouses: Warehouses;

beforeAll(async () => {
  warehouses = await openMemoryWarehouses();
});

describe('a fault at every external call', () => {
  test('of a run on one machine breaks no promise', async () => {
    const { faults, violations } = await sweepFaults(localLife(warehouses, FEW_FATES), ONE_FAULT);
    expect(violations).toEqual([]);
    expect(faults).toBeGreaterThan(150);
  });

  test('of planned runs breaks no promise', async () => {
    const { faults, calls, violations } = await sweepFaults(plannedLife(warehouses, TWO_FATES), ONE_FAULT);
    expect(violations).toEqual([]);
    expect(faults).toBeGreaterThan(250);
    expect(new Set(Object.keys(calls).map((call) => call.split('.')[0]))).toEqual(
      new Set([
        ...['ledger', 'launcher', 'notifier', 'history', 'landing', 'archive', 'quarantine', 'warehouse', 'dimensions'],
      ]),
    );
  });
});

describe('faults find a warehouse that is right without them and', () => {
  test.each(Object.entries(WAREHOUSES))('%s', async (_, open) => {
    const live = localLife(await open(), FEW_FATES);
    expect((await live([])).violations).toEqual([]);
    expect((await sweepFaults(live, ONE_FAULT)).violations.length).toBeGreaterThan(0);
  });
});

describe('faults find a store of planned runs that is right without them and', () => {
  test.each(Object.entries(PLANNED_STORES))('%s', async (_, spoil) => {
    const live = plannedLife(warehouses, TWO_FATES, spoil);
    expect((await live([])).violations).toEqual([]);
    expect((await sweepFaults(live, ONE_FAULT)).violations.length).toBeGreaterThan(0);
  });
});

test('two faults find a launcher that does not find a job by its run, which one fault does not', async () => {
  const live = plannedLife(warehouses, TWO_FATES, forgetJobs);
  expect((await sweepFaults(live, ONE_FAULT)).violations).toEqual([]);
  const { violations } = await sweepFaults(live, {
    kinds: ['crash after'],
    secondKinds: ['crash before'],
    pairs: true,
  });
  expect(violations.join()).toMatch(/I6 the run [\w-]+ had 2 jobs/);
});

describe('a gate', () => {
  const port = { act: async () => 'done' };

  test('fails the calls of its plan and no others, over all ports', async () => {
    const gate = new FaultGate([{ call: 2, kind: 'error before' }]);
    const [one, other] = [gate.guard('ledger', port), gate.guard('notifier', port)];
    await expect(one.act()).resolves.toBe('done');
    await expect(other.act()).rejects.toMatchObject({ code: 'notifier.unreachable', retryable: true });
    await expect(other.act()).resolves.toBe('done');
    expect(gate.calls).toEqual(['ledger.act', 'notifier.act', 'notifier.act']);
  });

  test('lets nothing through after a crash until a new process begins', async () => {
    const gate = new FaultGate([{ call: 1, kind: 'crash after' }]);
    const guarded = gate.guard('ledger', port);
    await expect(guarded.act()).rejects.toThrow('died after ledger.act');
    await expect(guarded.act()).rejects.toThrow('dead');
    gate.revive();
    await expect(guarded.act()).resolves.toBe('done');
    expect(gate.calls).toHaveLength(2);
  });

  test('lets time pass in a hang', async () => {
    let hours = 0;
    const gate = new FaultGate([{ call: 1, kind: 'hang after' }], () => hours++);
    await expect(gate.guard('ledger', port).act()).rejects.toMatchObject({ code: 'ledger.unreachable' });
    expect(hours).toBe(1);
  });
});
