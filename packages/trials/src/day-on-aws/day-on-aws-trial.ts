import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Shop, ShopTemplates } from '../../../../infra/test/end-to-end/open-shop.ts';
import { runOnProcesses } from '../../../glue-job/src/testing/run-on-processes.ts';
import { openTrialFolder } from '../command/open-trial-folder.ts';
import { checkReplayChangesNothing, observe } from '../invariants/index.ts';
import { chanceOf } from '../kills/choose-points.ts';
import type { Trial, TrialOptions, TrialResult } from '../trial.ts';
import { checkDay, findGivenUp } from './check-day.ts';
import { DayFaults } from './day-faults.ts';
import { type KilledJobs, killSomeJobs } from './kill-some-jobs.ts';
import { planDay } from './plan-day.ts';
import { comeAgain, comeToRest, openPlay, playQuarter } from './play-day.ts';
import { SimulatedTime } from './simulated-time.ts';
import { watchAws } from './watch-aws.ts';

/** Hours that every build tries. */
const HOURS = 1;

export const dayOnAwsTrial: Trial = {
  about:
    'so many simulated hours (--count) of the whole of Weir as its templates deploy it, with every fault of the simulated AWS at once, ' +
    'functions and jobs that are killed, and leases that run out',
  warehouses: ['postgres'],
  run: runDay,
};

async function runDay(options: TrialOptions): Promise<TrialResult> {
  const folder = await openTrialFolder('day');
  const templates = new ShopTemplates();
  try {
    return await liveThrough(templates, new SimulatedTime(join(folder, 'clock')), options);
  } finally {
    templates.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function liveThrough(
  templates: ShopTemplates,
  clock: SimulatedTime,
  { count: hours = HOURS, seed, tell }: TrialOptions,
): Promise<TrialResult> {
  const plan = planDay(hours, chanceOf(seed));
  const chance = chanceOf(seed + 1);
  let jobs: KilledJobs | undefined;
  let jobLog = '';
  const shop = await templates.openShop({
    now: () => clock.now(),
    environment: clock.environment,
    runner: (environment) => {
      const onLog = (text: string) => {
        jobLog += text;
      };
      jobs = killSomeJobs(runOnProcesses({ environment, onLog }), chanceOf(seed + 2));
      return jobs.run;
    },
  });
  try {
    const faults = new DayFaults(shop.simulator, seed, chance);
    const play = openPlay(shop, clock, chance);
    for (const [i, quarter] of plan.entries()) {
      await playQuarter(play, quarter, faults);
      if ((i + 1) % 4 === 0) tell(`${(i + 1) / 4} of ${hours} hours, ${play.deliveries.length} files`);
    }
    const befell = faults.count();
    faults.end();
    jobs!.spare();
    const quarters = await comeToRest(play);
    const end = await observe(watchAws(shop));
    const { deliveries } = play;
    const violations = [...(await checkDay(shop, end, { deliveries, quarters, jobLog }))];
    comeAgain(play);
    await comeToRest(play);
    violations.push(...checkReplayChangesNothing(end, await observe(watchAws(shop))));
    return { counted: describe(hours, shop, { end, deliveries, quarters, jobs: jobs!, befell }), violations };
  } finally {
    await shop.close();
  }
}

interface Counted {
  readonly end: Awaited<ReturnType<typeof observe>>;
  readonly deliveries: readonly unknown[];
  readonly quarters: number;
  readonly jobs: KilledJobs;
  readonly befell: Readonly<Record<string, number>>;
}

function describe(hours: number, shop: Shop, { end, deliveries, quarters, jobs, befell }: Counted): string {
  const number = (value: number) => value.toLocaleString('en');
  const faults = Object.entries(befell).map(([what, times]) => `${number(times)} ${what}`);
  const healed = end.rejects.filter(({ state }) => state === 'resolved').length;
  return (
    `${hours} simulated hours with ${number(deliveries.length)} files, ${number(end.runs.length)} runs, ${number(end.facts.length)} facts, ` +
    `${number(end.rejects.length)} rejects, ${number(healed)} of them healed, and ${number(shop.simulator.mailbox.length)} mails; ` +
    `${faults.join(', ')}, ${number(jobs.killed)} of ${number(jobs.started)} jobs killed; ${findGivenUp(shop, end).size} files given up; at rest after ${quarters} quiet quarters of an hour`
  );
}
