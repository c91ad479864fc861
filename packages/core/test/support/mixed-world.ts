import { csv, keyOf, openWorld, row, type World } from './world.ts';

/** A day was loaded. It lies there again, and a file of each other fate waits. */
export async function openMixedWorld(): Promise<World> {
  const world = await openWorld();
  const again = csv(row('T-1'));
  world.landing.put(keyOf('2023-03-14'), again);
  await world.run();
  world.landing.put(keyOf('2023-03-14'), again);
  world.landing.put(
    keyOf('2023-03-15'),
    csv(row('T-2'), row('T-3', { quantity: 0 }), row('T-4', { product: 'P-9' }), row('T-1', { quantity: 7 })),
  );
  world.landing.put(keyOf('2023-03-16'), csv());
  world.landing.put(keyOf('2023-03-17'), 'not,ours\n1,2\n');
  world.landing.put('readme.txt', 'x');
  return world;
}
