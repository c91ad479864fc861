import { ORPHAN_CODES, type ReplayReport } from '@weir/core';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import type { Meter } from '../output/meter.ts';
import type { Session } from '../session.ts';
import { readAgain } from './read-again.ts';

/** Reads rejected rows again whose product or customer was missing: it may have been loaded by now. */
export async function healOrphans(
  session: Session,
  ports: DatabasePorts,
  meter: Meter,
  tells: RunEventOptions,
): Promise<ReplayReport> {
  session.interruption.consequence =
    'The dimensions are loaded; not every rejected row was looked at again. What healed stays so.';
  return await readAgain(session, ports, { filter: { codes: ORPHAN_CODES }, meter, tells });
}
