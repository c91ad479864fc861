import fc from 'fast-check';
import { checkOrderIndependent } from '../invariants/index.ts';
import { expectTables } from '../model/expected-tables.ts';
import { judgeDelivery } from '../model/judge-delivery.ts';
import type { TrialOptions, TrialResult } from '../trial.ts';
import { arbitraryLateSchedules } from './arbitrary-late-schedules.ts';
import type { LateSchedule } from './late-schedule.ts';
import type { LateWorlds } from './late-world.ts';
import { type PlayedLate, playLateSchedule } from './play-late-schedule.ts';

export interface LateOptions extends Pick<TrialOptions, 'seed'> {
  readonly count: number;
}

/** A file is never refused for its rejects: that would depend on what is there when it comes. */
const POLICY = { terminalStatuses: [], maxRejectRate: 1, decisions: 'changes' } as const;

/** Ends with the first schedule at whose end the tables are not those that dimensions first would have led to. */
export async function tryLateSchedules(worlds: LateWorlds, { count, seed }: LateOptions): Promise<TrialResult> {
  const sums = { runs: 0, replays: 0, healed: 0, stale: 0, facts: 0 };
  const property = fc.asyncProperty(arbitraryLateSchedules, async (schedule) => {
    const played = await playLateSchedule(schedule, await worlds.openEmpty());
    sums.runs += played.runs;
    sums.replays += played.replays.length;
    sums.facts += played.facts.length;
    for (const { healed, totals } of played.replays) {
      sums.healed += healed;
      sums.stale += totals.stale;
    }
    const violations = check(schedule, played);
    if (violations.length > 0) throw new Error(violations.join('\n    '));
  });
  const outcome = await fc.check(property, { numRuns: count, seed: seed | 0 });
  const number = (value: number) => value.toLocaleString('en');
  return {
    counted:
      `${number(outcome.numRuns)} schedules with ${number(sums.runs)} runs, among them those of ${number(sums.replays)} replays; ` +
      `${number(sums.healed)} rows healed, ${number(sums.stale)} of them behind a newer one; ${number(sums.facts)} facts`,
    violations: outcome.failed ? [describe(outcome.counterexample![0], outcome.errorInstance)] : [],
  };
}

/** What is open at the end is what would have been rejected, and the facts are those that would be there. */
function check({ deliveries }: LateSchedule, { facts, rejects }: PlayedLate): readonly string[] {
  const expected = expectTables(deliveries.map((delivery) => judgeDelivery(delivery, POLICY)));
  return checkOrderIndependent({ facts, rejects: rejects.filter(({ state }) => state === 'open') }, expected);
}

function describe(schedule: LateSchedule, error: unknown): string {
  return `${error instanceof Error ? error.message : String(error)}\n    by the schedule ${JSON.stringify(schedule)}`;
}
