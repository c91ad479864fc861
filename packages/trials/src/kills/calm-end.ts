import { parsePolicy } from '@weir/core';
import { type DatabaseState, differences, readState } from '../command/database-state.ts';
import { type ShopFolder, toPlaced } from '../command/shop-folder.ts';
import { watchShop } from '../command/watch-shop.ts';
import { findViolations, observe } from '../invariants/index.ts';
import type { KillLane, KillSetting } from './kill-lane.ts';
import type { ExternalCall } from './kill-point.ts';
import { HISTORY, WAITING } from './waiting-shop.ts';

/** What a run that nobody disturbs begins with, does, and leaves: what every disturbed one is held to. */
export interface CalmEnd {
  readonly before: DatabaseState;
  readonly after: DatabaseState;
  readonly contents: string;
  readonly calls: readonly ExternalCall[];
}

const POLICY = parsePolicy();
const DELIVERED = [...HISTORY, ...WAITING].map(toPlaced);

export async function runCalmly(lane: KillLane, setting: KillSetting): Promise<CalmEnd> {
  const shop = await lane.begin();
  const before = await readState(lane.pool);
  // A call that never comes: counted, and not killed.
  const { code, stderr } = await lane.ingest(shop, setting, { call: 0, moment: 'before' });
  if (code !== 3) throw new Error(`The undisturbed run ended with ${code}: ${stderr}`);
  const after = await readState(lane.pool);
  const broken = await findBroken(lane, shop);
  if (broken.length > 0 || differences(before, after).length < 4)
    throw new Error(`The undisturbed run did not do what it should: ${broken}`);
  return { before, after, contents: await shop.contents(), calls: await lane.calls(shop) };
}

/** I1, I2, I5 and I6, which hold at any time between two runs. */
export async function findBroken(lane: KillLane, shop: ShopFolder): Promise<readonly string[]> {
  return findViolations(await observe(watchShop(shop, lane.pool)), { policy: POLICY, delivered: DELIVERED });
}
