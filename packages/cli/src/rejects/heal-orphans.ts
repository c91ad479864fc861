import { ORPHAN_CODES, parsePolicy, type ReplayReport, replayRejects } from '@weir/core';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { openRunEvents } from '../events/open-run-events.ts';
import { createRunId } from '../ingest/create-run-id.ts';
import { formatCounted } from '../output/format-amount.ts';
import type { Meter } from '../output/meter.ts';
import type { Session } from '../session.ts';

/** Reads rejected rows again whose product or customer was missing: it may have been loaded by now. */
export async function healOrphans(
  session: Session,
  ports: DatabasePorts,
  meter: Meter,
  tells: RunEventOptions,
): Promise<ReplayReport> {
  session.interruption.consequence =
    'The dimensions are loaded; not every rejected row was looked at again. What healed stays so.';
  const events = await openRunEvents(session, tells, { clock: ports.clock });
  try {
    return await replayRejects(ports, {
      newRunId: () => createRunId(ports.clock.now()),
      policy: session.policy ?? parsePolicy(),
      filter: { codes: ORPHAN_CODES },
      signal: session.interruption.signal,
      onEvent: (event) => {
        if (event.kind !== 'rejects-read') return events.take(event);
        meter.update(() => ({ phase: 'Replaying rejects', details: [formatCounted(event.rejects, 'row')] }));
      },
    });
  } finally {
    await events.close();
  }
}
