import { ingest, parsePolicy } from '@weir/core';
import { createPorts } from '../command/create-ports.ts';
import { differences, readState } from '../command/database-state.ts';
import type { WeirEnd } from '../command/run-weir.ts';
import { CANARIES } from '../command/shop-csv.ts';
import type { ShopFolder } from '../command/shop-folder.ts';
import { type CalmEnd, findBroken } from './calm-end.ts';
import type { KillLane, KillSetting } from './kill-lane.ts';
import type { KillPoint } from './kill-point.ts';
import { HISTORY, WAITING } from './waiting-shop.ts';

export interface PointOutcome {
  /** How many of the kills happened: a run that has fewer calls comes to its end. */
  readonly kills: number;
  readonly violations: readonly string[];
}

/** Kills runs one after the other, each at its point, then runs once plainly, and holds all that is left to the calm end. */
export async function tryPoint(
  lane: KillLane,
  setting: KillSetting,
  points: readonly KillPoint[],
  calm: CalmEnd,
): Promise<PointOutcome> {
  const shop = await lane.begin();
  const violations: string[] = [];
  let kills = 0;
  for (const point of points) {
    const end = await lane.ingest(shop, setting, point);
    if (end.code === null) kills++;
    violations.push(...findTold(end));
    // Where an answer is outstanding, the next run begins while the server may still be at work for the dead one.
    if (point.moment !== 'during') violations.push(...(await findHalves(lane, shop, calm)));
  }
  const end = await lane.ingest(shop, setting);
  if (end.code !== 0 && end.code !== 3) violations.push(`the plain run ended with ${end.code}: ${end.stderr}`);
  violations.push(...findTold(end), ...(await findEnd(lane, shop, calm)));
  violations.push(...(await replay(lane, shop, calm)));
  return { kills, violations };
}

/** What the killed run left is the state before it or the one after it. */
async function findHalves(lane: KillLane, shop: ShopFolder, { before, after }: CalmEnd): Promise<readonly string[]> {
  await lane.settle();
  const state = await readState(lane.pool);
  const isWhole = [before, after].some((whole) => differences(state, whole).length === 0);
  return [...(isWhole ? [] : ['what was left is neither nothing nor all']), ...(await findBroken(lane, shop))];
}

/** I1 to I6 at the end: the tables, the books and the places of an undisturbed run. */
async function findEnd(lane: KillLane, shop: ShopFolder, calm: CalmEnd): Promise<readonly string[]> {
  const state = await readState(lane.pool);
  const isInPlace = (await shop.contents()) === calm.contents;
  return [
    ...differences(state, calm.after).map((part) => `the ${part} are not those of an undisturbed run`),
    ...(isInPlace ? [] : ['the files are not where an undisturbed run puts them']),
    ...(await findBroken(lane, shop)),
  ];
}

/** I3: all files once more change nothing, and go where they lie already. */
async function replay(lane: KillLane, shop: ShopFolder, calm: CalmEnd): Promise<readonly string[]> {
  await shop.deliver([...HISTORY, ...WAITING].filter(({ key }, place, all) => isLast(key, place, all)));
  let runs = 0;
  const newRunId = () => `replay-${++runs}`;
  const report = await ingest(createPorts(shop, lane.pool), { newRunId, policy: parsePolicy() });
  const { totals } = report;
  const changes = totals.inserted + totals.updated + totals.unchanged + totals.stale + totals.rejected;
  const told = changes === 0 ? [] : ['a replay has rows to tell of'];
  return [...told, ...(await findEnd(lane, shop, calm)).map((what) => `after a replay ${what}`)];
}

function isLast(key: string, place: number, all: readonly { readonly key: string }[]): boolean {
  return !all.slice(place + 1).some((later) => later.key === key);
}

/** I7: nothing that is said tells of a person, nor how to get into the database. */
function findTold({ stdout, stderr }: WeirEnd): readonly string[] {
  const said = stdout + stderr;
  const told = CANARIES.filter((canary) => said.includes(canary)).map((canary) => `it tells ${canary}`);
  return /postgres:\/\/[^:]*:(?!\*\*\*@)/.test(said) ? [...told, 'it tells the password'] : told;
}
