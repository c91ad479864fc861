import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { openTrialFolder } from '../command/open-trial-folder.ts';
import type { Trial, TrialOptions, TrialResult } from '../trial.ts';
import { runCalmly } from './calm-end.ts';
import { allPointsOf, type Chance, chanceOf, sample, statesOf } from './choose-points.ts';
import { KillLane, type KillSetting } from './kill-lane.ts';
import type { KillPoint } from './kill-point.ts';
import { tryPoint } from './try-point.ts';

/** The first one is tried in every state in which it can be left, the others at some points by chance. */
const SETTINGS: readonly KillSetting[] = [
  { connections: 1, threads: 1 },
  { connections: 2, threads: 1 },
  { connections: 1, threads: 2 },
  { connections: 2, threads: 2 },
];
/** How many points of each of the other settings, and of runs that are killed twice, every build tries. */
const SAMPLE = 3;
/** As many as there are processors to keep busy. */
const LANES = 2;

export const killsTrial: Trial = {
  about:
    'weir ingest is killed (SIGKILL) at its external calls and run again, as real processes on real Postgres. ' +
    'With --count that many points of each setting, and as many double kills; from some thousand on, all points',
  warehouses: ['postgres'],
  run: runKills,
};

interface Tally {
  points: number;
  doubles: number;
  violations: string[];
}

async function runKills(options: TrialOptions): Promise<TrialResult> {
  const folder = await openTrialFolder('kills');
  const databases = await Promise.all(Array.from({ length: LANES }, openTestDatabase));
  const lanes = await Promise.all(
    databases.map(({ connectionString }, i) => KillLane.open(connectionString, join(folder, String(i)))),
  );
  try {
    const chance = chanceOf(options.seed);
    const tally: Tally = { points: 0, doubles: 0, violations: [] };
    const calls: number[] = [];
    for (const setting of SETTINGS) calls.push(await trySetting(lanes, setting, options, chance, tally));
    return {
      counted: `${tally.points} kills (runs of ${calls.join(', ')} external calls with ${SETTINGS.map(nameSetting).join('; ')}), ${tally.doubles} of them with a second kill during the recovery`,
      violations: tally.violations,
    };
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    await Promise.all(databases.map((database) => database.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the number of calls of an undisturbed run. */
async function trySetting(
  lanes: readonly KillLane[],
  setting: KillSetting,
  { count, tell }: TrialOptions,
  chance: Chance,
  tally: Tally,
): Promise<number> {
  const calm = await runCalmly(lanes[0]!, setting);
  const { calls } = calm;
  if (!calls.some(({ name }) => name === 'COMMIT')) throw new Error('No COMMIT was seen: the calls are not counted.');
  const some = count ?? SAMPLE;
  const every = allPointsOf(calls);
  const singles = count === undefined && setting === SETTINGS[0] ? statesOf(calls) : sample(every, some, chance);
  const pick = () => every[chance(every.length)]!;
  const doubles = Array.from({ length: Math.min(some, every.length) }, () => [pick(), pick()]);
  // Until a run completes: the call after the last one is never made, so nobody is killed there.
  const past: KillPoint = { call: calls.length + 1, moment: 'before' };
  const queue = [...singles.map((point) => [point]), ...doubles, [past]];
  const total = queue.length;
  const work = async (lane: KillLane) => {
    for (let points = queue.shift(); points !== undefined; points = queue.shift()) {
      const { kills, violations } = await tryPoint(lane, setting, points, calm);
      tally.points += kills;
      if (kills > 1) tally.doubles++;
      const where = `${nameSetting(setting)}, ${points.map((point) => namePoint(point, calls)).join(', then ')}`;
      tally.violations.push(...violations.map((what) => `${where}: ${what}`));
      const isPast = points[0] === past;
      // With more than one connection or thread, the number of calls is not the same each time.
      if (setting === SETTINGS[0] && isPast === kills > 0) tally.violations.push(`${where}: ${kills} were killed`);
      if ((total - queue.length) % 50 === 0) tell(`${nameSetting(setting)}: ${total - queue.length} of ${total}`);
    }
  };
  await Promise.all(lanes.map(work));
  return calls.length;
}

function nameSetting({ connections, threads }: KillSetting): string {
  return `--connections ${connections} --threads ${threads}`;
}

function namePoint({ call, moment }: KillPoint, calls: readonly { readonly name: string }[]): string {
  return `killed ${moment} call ${call} (${calls[call - 1]?.name ?? 'after the last'})`;
}
