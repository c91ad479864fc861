import {
  checkNoEndlessRetry,
  checkOrderIndependent,
  checkReplayChangesNothing,
  findViolations,
} from '../invariants/index.ts';
import { checkBooks } from '../model/check-books.ts';
import { expectTables } from '../model/expected-tables.ts';
import { judgeDelivery } from '../model/judge-delivery.ts';
import type { TrialWarehouse } from '../stores/warehouses.ts';
import { type PlayedSchedule, playSchedule } from './play-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface CheckedSchedule {
  readonly violations: readonly string[];
  readonly runs: number;
  readonly played: PlayedSchedule;
}

/** Plays a schedule and holds what came of it to the plain model and to every invariant. */
export async function checkSchedule(schedule: Schedule, warehouse: TrialWarehouse): Promise<CheckedSchedule> {
  const played = await playSchedule(schedule, warehouse);
  const { stores, policy, end, runs, reports, afterReplay } = played;
  const judged = schedule.deliveries.map((delivery) => judgeDelivery(delivery, schedule.policy));
  const given = { policy, delivered: stores.landing.delivered };
  return {
    violations: [
      ...findViolations(end, { ...given, reports: reports.slice(0, runs) }),
      ...checkNoEndlessRetry(end, runs),
      ...checkOrderIndependent(end, expectTables(judged)),
      ...checkBooks(end.runs, judged),
      ...checkReplayChangesNothing(end, afterReplay),
      ...findViolations(afterReplay, { ...given, reports }),
    ],
    runs: reports.length,
    played,
  };
}
