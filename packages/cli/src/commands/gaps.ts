import { MOST_DAYS } from '@weir/core';
import { daysToCompare, findGaps, WEEKS_COMPARED } from '@weir/core/operations';
import type { DayRangeOptions } from '../command-line/add-day-range.ts';
import { withDatabase } from '../composition/with-database.ts';
import { resolveRange } from '../days/resolve-range.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { tellGapReport } from '../gaps/tell-gap-report.ts';
import type { Session } from '../session.ts';

export interface GapsOptions extends DayRangeOptions {
  readonly below: number;
  readonly failOnGaps?: true | undefined;
}

/** The port gives so many days, and each range is compared with what lies around it. */
const MOST_DAYS_LOOKED_AT = MOST_DAYS - 2 * 7 * WEEKS_COMPARED;

export async function tellGaps(session: Session, options: GapsOptions): Promise<number> {
  const { below, failOnGaps } = options;
  const range = resolveRange(options, MOST_DAYS_LOOKED_AT);
  return await withDatabase(session, async ({ deliveries }) => {
    const known = await session.interruption.race(deliveries.days(daysToCompare(range)));
    const report = findGaps(known, range, { below });
    tellGapReport(session.screen, report);
    return failOnGaps && report.gaps.length > 0 ? EXIT_CODE.refused : EXIT_CODE.done;
  });
}
