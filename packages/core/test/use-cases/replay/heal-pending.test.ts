import { describe, expect, test } from '@jest/globals';
import { type HealOptions, healPending, parsePolicy } from '../../../src/index.ts';
import { InMemoryPendingReplay, injectFault } from '../../../src/testing/index.ts';
import { csv, DIMENSIONS, keyOf, openBareWorld, row, type World } from '../../support/world.ts';

const START = Date.UTC(2023, 2, 16);
const ORPHANS = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5'];

/** A world with five orphans on lines 2 to 6 and, before the third of them, a row that no dimension heals. */
async function openOrphanage(): Promise<World> {
  const world = openBareWorld();
  const rows = ORPHANS.map((id) => row(id, id === 'T-3' ? { product: 'P-9' } : {}));
  world.landing.put(keyOf('2023-03-15'), csv(...rows, row('T-9', { quantity: 0 })), START);
  await world.run();
  return world;
}

async function loadDimensions(world: World): Promise<void> {
  for (const load of DIMENSIONS) await load(world);
}

function heal(world: World, pending: InMemoryPendingReplay, options: Partial<HealOptions> = {}) {
  let runs = 0;
  const ports = { ...world, rejects: world.warehouse, pending };
  const salt = Math.random();
  return healPending(ports, {
    newRunId: () => `heal-${salt}-${++runs}`,
    policy: parsePolicy(),
    rejectsARun: 2,
    hasTime: () => true,
    ...options,
  });
}

/** Yes so many times, then no. */
const times = (count: number) => () => count-- > 0;
const idsOf = async (world: World) => (await world.facts()).map(({ transaction_id }) => transaction_id);

describe('healing', () => {
  test('does nothing where nothing is due', async () => {
    const world = await openOrphanage();
    await loadDimensions(world);
    expect(await heal(world, new InMemoryPendingReplay())).toEqual([]);
    expect(await idsOf(world)).toEqual([]);
  });

  test('reads all orphans where they are due, and no other reject; then nothing is due', async () => {
    const world = await openOrphanage();
    await loadDimensions(world);
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    expect(await heal(world, pending)).toMatchObject([{ read: 6, healed: 4, isComplete: true }]);
    expect(await idsOf(world)).toEqual(['T-1', 'T-2', 'T-4', 'T-5']);
    expect(await pending.read()).toBeUndefined();
  });

  test('ends where there is no time for one run more, and goes on behind the last reject', async () => {
    const world = await openOrphanage();
    await loadDimensions(world);
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    expect(await heal(world, pending, { hasTime: () => false })).toEqual([]);
    // Once for the beginning: a run is asked about before it.
    expect(await heal(world, pending, { hasTime: times(1) })).toMatchObject([
      { read: 2, healed: 2, isComplete: false },
    ]);
    expect((await pending.read())?.after?.line).toBe(3);
    const [second] = await heal(world, pending);
    expect(second).toMatchObject({ healed: 2, isComplete: true });
    expect(await idsOf(world)).toEqual(['T-1', 'T-2', 'T-4', 'T-5']);
  });

  test('gets past rejects that stay as they are, however few one run takes', async () => {
    const world = await openOrphanage();
    await DIMENSIONS[0]!(world);
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    for (let calls = 0; (await pending.read()) !== undefined && calls < 10; calls++) {
      await heal(world, pending, { rejectsARun: 1, hasTime: times(1) });
    }
    expect(await pending.read()).toBeUndefined();
    expect(await idsOf(world)).toEqual([]);
  });

  test('begins anew, with the dimensions as they are then, where it is demanded meanwhile', async () => {
    const world = await openOrphanage();
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    let asked = 0;
    const hasTime = () => true;
    const advance: InMemoryPendingReplay['advance'] = async (read, after) => {
      if (asked++ === 0) {
        await loadDimensions(world);
        await pending.demand();
      }
      return pending.advance(read, after);
    };
    const watched = { advance, read: () => pending.read(), complete: pending.complete.bind(pending) };
    const reports = await heal(world, watched as InMemoryPendingReplay, { hasTime });
    expect(reports).toMatchObject([
      { healed: 0, isComplete: false },
      { healed: 4, isComplete: true },
    ]);
    expect(await idsOf(world)).toEqual(['T-1', 'T-2', 'T-4', 'T-5']);
  });

  test('leaves it due where a run fails, and what was committed before stays', async () => {
    const world = await openOrphanage();
    await loadDimensions(world);
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    const error = new Error('the line is cut');
    const warehouse = injectFault(world.warehouse, { method: 'openStage', call: 2, when: 'before', error }).port;
    await expect(heal({ ...world, warehouse }, pending)).rejects.toThrow('the line is cut');
    expect(await idsOf(world)).toEqual(['T-1', 'T-2']);
    expect(await heal(world, pending)).toMatchObject([{ isComplete: true }]);
    expect(await idsOf(world)).toEqual(['T-1', 'T-2', 'T-4', 'T-5']);
  });

  test('heals each orphan once where two are at it', async () => {
    const world = await openOrphanage();
    await loadDimensions(world);
    const pending = new InMemoryPendingReplay();
    await pending.demand();
    const reports = (await Promise.all([heal(world, pending), heal(world, pending)])).flat();
    expect(reports.reduce((sum, { healed }) => sum + healed, 0)).toBe(4);
    expect(await idsOf(world)).toEqual(['T-1', 'T-2', 'T-4', 'T-5']);
    expect(await pending.read()).toBeUndefined();
  });
});
