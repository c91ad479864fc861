import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from '../../../../infra/test/end-to-end/open-shop.ts';
import { CANARIES } from '../command/shop-csv.ts';
import type { Chance } from '../kills/choose-points.ts';
import { contentOf, type Delivery } from '../model/delivery.ts';
import { SHOP_CUSTOMERS, SHOP_PRODUCTS } from '../model/shop-words.ts';
import type { DayFaults } from './day-faults.ts';
import type { Arrival, Quarter } from './plan-day.ts';
import type { SimulatedTime } from './simulated-time.ts';

const QUARTER_MS = 15 * 60_000;
/** One quarter of an hour in so many ends while something is still at work: its leases run out under its hands. */
const HASTE_ONE_IN = 5;
const HASTE_MS = 2_000;
/** Longer than a lease and the patience of a sweep. */
const MOST_QUIET_QUARTERS = 12;

export interface DayPlay {
  readonly shop: Shop;
  readonly clock: SimulatedTime;
  readonly chance: Chance;
  readonly deliveries: Delivery[];
}

export function openPlay(shop: Shop, clock: SimulatedTime, chance: Chance): DayPlay {
  return { shop, clock, chance, deliveries: [] };
}

/** Each quarter of an hour some files land, the schedule fires, and faults befall all that follows. */
export async function playQuarter(play: DayPlay, quarter: Quarter, faults: DayFaults): Promise<void> {
  const { shop, chance } = play;
  faults.addSome();
  for (const arrival of quarter) arrive(play, arrival);
  if (chance(HASTE_ONE_IN) === 0) await sleep(chance(HASTE_MS));
  else await shop.settle();
  play.clock.advance(QUARTER_MS);
  shop.fireSweep();
}

/** @returns how many quarters of an hour without a fault it took until nothing was left to do, at most 12 */
export async function comeToRest({ shop, clock }: DayPlay): Promise<number> {
  await shop.settle();
  for (let quarters = 1; ; quarters++) {
    clock.advance(QUARTER_MS);
    await shop.sweep();
    const open = [
      ...shop.keysOf('landing', 'transactions/'),
      ...shop.keysOf('ledger', 'ledger/runs/open/'),
      ...shop.keysOf('ledger').filter((key) => key.includes('pending-replay')),
    ];
    if (open.length === 0 || quarters === MOST_QUIET_QUARTERS) return quarters;
  }
}

/** The last content of each key comes once more, but for keys that wait for people. */
export function comeAgain(play: DayPlay): void {
  const landed = new Set(play.shop.keysOf('landing'));
  const last = new Map(play.deliveries.map((delivery) => [delivery.key, delivery]));
  for (const { key } of [...last.values()].filter((delivery) => !landed.has(delivery.key)))
    drop(play, key, contentOf(last.get(key)!));
}

function arrive(play: DayPlay, arrival: Arrival): void {
  if (arrival.kind === 'dimensions') {
    drop(play, 'dimensions/products.csv', products(arrival.products));
    drop(play, 'dimensions/customers.csv', customers(arrival.customers));
  } else if (arrival.kind === 'again') comeBack(play, arrival.key);
  else {
    const { key, rows, special } = arrival;
    const delivery = { key, rows, special, modifiedAt: wholeSeconds(play.clock) };
    play.deliveries.push(delivery);
    play.shop.drop(key, contentOf(delivery), new Date(delivery.modifiedAt));
  }
}

/** Where the first time of it is still on its way, either may be the first to be read. */
function comeBack(play: DayPlay, key: string): void {
  const isOnItsWay = play.shop.keysOf('landing').includes(key) || !play.shop.keysOf('archive').includes(key);
  if (!isOnItsWay) drop(play, key, contentOf(play.deliveries.find((delivery) => delivery.key === key)!));
}

function drop({ shop, clock }: DayPlay, key: string, content: Uint8Array): void {
  shop.drop(key, content, new Date(wholeSeconds(clock)));
}

/** S3 keeps no more of a time. */
function wholeSeconds(clock: SimulatedTime): number {
  return Math.floor(clock.now().getTime() / 1000) * 1000;
}

function products(count: number): Uint8Array {
  const known = Object.entries(SHOP_PRODUCTS).slice(0, count);
  const lines = known.map(([id, { product_name, category, list_price, supplier_id }]) =>
    [id, product_name, category, list_price, supplier_id].join(','),
  );
  return Buffer.from(['product_id,product_name,category,price,supplier_id', ...lines, ''].join('\n'));
}

function customers(count: number): Uint8Array {
  const lines = Object.entries(SHOP_CUSTOMERS)
    .slice(0, count)
    .map(([id, level]) => [id, ...CANARIES, level].join(','));
  return Buffer.from(['customer_id,first_name,last_name,email,membership_level', ...lines, ''].join('\n'));
}
