import fc from 'fast-check';
import type { Warehouses } from '../stores/warehouses.ts';
import type { TrialOptions, TrialResult } from '../trial.ts';
import { arbitrarySchedules } from './arbitrary-schedules.ts';
import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

const TOLD_EVERY = 10_000;

export interface ScheduleOptions extends Pick<TrialOptions, 'seed' | 'tell'> {
  readonly count: number;
  /** Leaves the schedule that broke a promise as it was found. Default false: it is made small. */
  readonly isQuick?: boolean;
}

/** Ends with the first schedule that breaks a promise. */
export async function trySchedules(
  warehouses: Warehouses,
  { count, seed, tell, isQuick = false }: ScheduleOptions,
): Promise<TrialResult> {
  let runs = 0;
  let deliveries = 0;
  let schedules = 0;
  let facts = 0;
  const property = fc.asyncProperty(arbitrarySchedules, async (schedule) => {
    const checked = await checkSchedule(schedule, await warehouses.openEmpty());
    runs += checked.runs;
    deliveries += schedule.steps.length + schedule.deliveries.length;
    facts += checked.played.end.facts.length;
    if (++schedules % TOLD_EVERY === 0) tell(`${schedules.toLocaleString('en')} schedules`);
    if (checked.violations.length > 0) throw new Error(checked.violations.join('\n    '));
  });
  const outcome = await fc.check(property, { numRuns: count, seed: seed | 0, endOnFailure: isQuick });
  const number = (value: number) => value.toLocaleString('en');
  return {
    counted: `${number(outcome.numRuns)} schedules of ${number(deliveries)} deliveries in ${number(runs)} runs, ${number(facts)} facts`,
    violations: outcome.failed ? [describe(outcome.counterexample![0], outcome.errorInstance)] : [],
  };
}

function describe(schedule: Schedule, error: unknown): string {
  return `${error instanceof Error ? error.message : String(error)}\n    by the schedule ${JSON.stringify(schedule)}`;
}
