import { type DayRange, parsePolicy, type ReplayReport } from '@weir/core';
import { openBackfillSource } from '../backfill/backfill-source.ts';
import { runBackfill } from '../backfill/run-backfill.ts';
import { backfillExitCode, tellBackfill } from '../backfill/tell-backfill.ts';
import type { BackfillOptions } from '../command-line/backfill-options.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { withDatabase } from '../composition/with-database.ts';
import { resolveRange } from '../days/resolve-range.ts';
import { openRunEvents, type RunEvents } from '../events/open-run-events.ts';
import { createMeter } from '../output/create-meter.ts';
import { replayTold } from '../rejects/read-again.ts';
import type { Session } from '../session.ts';

export async function backfillDays(session: Session, options: BackfillOptions): Promise<number> {
  const range = resolveRange(options);
  const policy = session.policy ?? parsePolicy();
  const source = await openBackfillSource(options, session);
  const load = async (database: DatabasePorts) => {
    const startedAt = performance.now();
    const { location } = source.landing;
    const events = await openRunEvents(session, options, { clock: database.clock, landing: location });
    try {
      const runs = await runBackfill(session, { database, source, range, policy, options, events });
      const replay = options.fromArchive ? await replayDays(session, database, range, events) : undefined;
      tellBackfill(session, { range, location, runs, replay, took: performance.now() - startedAt });
      return backfillExitCode(runs, options.failOnRejects === true);
    } finally {
      await events.close();
    }
  };
  return await withDatabase(session, load, options);
}

/** Rows of these days that were rejected before may be good by now. */
async function replayDays(
  session: Session,
  ports: DatabasePorts,
  range: DayRange,
  events: RunEvents,
): Promise<ReplayReport> {
  session.interruption.consequence =
    'The days are loaded; not every rejected row was looked at again. What healed stays so.';
  const meter = await createMeter(session.screen, 'quiet');
  try {
    return await replayTold(session, ports, { filter: range, meter, events });
  } finally {
    meter.stop();
  }
}
