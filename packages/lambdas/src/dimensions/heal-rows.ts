import { randomBytes } from 'node:crypto';
import { type HealPorts, healPending, type Policy } from '@weir/core';
import type { Telemetry } from '../telemetry/telemetry.ts';

export type HealingPorts = HealPorts;

export interface HealingSettings {
  readonly policy: Policy;
  /** Milliseconds that are left to this invocation. */
  readonly remainingTime: () => number;
}

/** Few enough that a run of them ends in the time that is kept for it, also behind a job that holds the lock. */
const REJECTS_A_RUN = 20_000;
const TIME_OF_A_RUN = 5 * 60_000;
/** Half of the function's memory. */
const MAX_DIMENSION_BYTES = 1024 * 1024 * 1024;

/**
 * Reads rejected rows again whose product or customer was missing, where something was loaded since, in runs of their own and
 * as long as there is time. What is left, the next invocation does.
 *
 * @throws PortError
 */
export async function healRows(
  ports: HealingPorts,
  { policy, remainingTime }: HealingSettings,
  telemetry: Telemetry,
): Promise<void> {
  const reports = await healPending(ports, {
    newRunId: () => createRunId(ports.clock.now()),
    policy,
    rejectsARun: REJECTS_A_RUN,
    maxDimensionBytes: MAX_DIMENSION_BYTES,
    hasTime: () => remainingTime() > TIME_OF_A_RUN,
  });
  for (const { runs, read, healed, changed, unchanged, unreadable, isComplete, totals } of reports) {
    if (read === 0) continue;
    const fields = { runs, read, healed, changed, unchanged, unreadable, isComplete, totals };
    telemetry.info('Rejected rows were read again.', fields);
    telemetry.count('RowsHealed', healed);
  }
}

/** Such a run has no entry in the ledger of runs: nobody plans it, and its commit is all that there is of it. */
function createRunId(now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `heal-${time}Z-${randomBytes(4).toString('hex')}`;
}
