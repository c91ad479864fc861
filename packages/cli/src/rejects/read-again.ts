import { parsePolicy, type RejectFilter, type ReplayReport, replayRejects } from '@weir/core';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { openRunEvents, type RunEvents } from '../events/open-run-events.ts';
import { createRunId } from '../ingest/create-run-id.ts';
import { formatCounted } from '../output/format-amount.ts';
import type { Meter } from '../output/meter.ts';
import type { Session } from '../session.ts';

export interface ReadAgainOptions {
  readonly filter: Omit<RejectFilter, 'state'>;
  readonly meter: Meter;
  readonly tells: RunEventOptions;
}

/** Reads the open rejects that fit again, and shows how far that is. */
export async function readAgain(
  session: Session,
  ports: DatabasePorts,
  { filter, meter, tells }: ReadAgainOptions,
): Promise<ReplayReport> {
  const events = await openRunEvents(session, tells, { clock: ports.clock });
  try {
    return await replayTold(session, ports, { filter, meter, events });
  } finally {
    await events.close();
  }
}

/** The same, where somebody else tells of the runs. */
export function replayTold(
  session: Session,
  ports: DatabasePorts,
  { filter, meter, events }: Pick<ReadAgainOptions, 'filter' | 'meter'> & { readonly events: RunEvents },
): Promise<ReplayReport> {
  return replayRejects(ports, {
    newRunId: () => createRunId(ports.clock.now()),
    policy: session.policy ?? parsePolicy(),
    filter,
    signal: session.interruption.signal,
    onEvent: (event) => {
      if (event.kind !== 'rejects-read') return events.take(event);
      meter.update(() => ({ phase: 'Replaying rejects', details: [formatCounted(event.rejects, 'row')] }));
    },
  });
}
