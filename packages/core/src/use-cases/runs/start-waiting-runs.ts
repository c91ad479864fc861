import { isPortError, type PortError } from '../../ports/port-error.ts';
import type { RunEntry } from '../../ports/run-ledger.port.ts';
import { compareUtf8 } from '../../rules/version.ts';
import { isClosed } from './run-states.ts';
import { type RunStart, type StartOptions, type StartPorts, startRun } from './start-run.ts';

export interface StartedRuns {
  /** What became of each run that was tried, in the order of planning. */
  readonly starts: readonly RunStart[];
  /** Runs that could not be started now; they stay planned. */
  readonly problems: readonly { readonly runId: string; readonly error: PortError }[];
}

/**
 * Starts planned runs, the earliest planned first, until the launcher is busy. A run that cannot be started does not keep the
 * others waiting.
 *
 * @throws PortError where the ledger cannot be listed
 */
export async function startWaitingRuns(ports: StartPorts, options: StartOptions): Promise<StartedRuns> {
  const waiting: Pick<RunEntry, 'runId' | 'plannedAt'>[] = [];
  for await (const page of ports.ledger.openRuns()) {
    for (const entry of page) {
      if (entry.state.kind === 'planned' && !isClosed(entry)) waiting.push(entry);
    }
  }
  waiting.sort((a, b) => a.plannedAt - b.plannedAt || compareUtf8(a.runId, b.runId));

  const starts: RunStart[] = [];
  const problems: { runId: string; error: PortError }[] = [];
  for (const { runId } of waiting) {
    try {
      const start = await startRun(ports, runId, options);
      starts.push(start);
      if (start.kind === 'busy') break;
    } catch (error) {
      if (!isPortError(error)) throw error;
      problems.push({ runId, error });
    }
  }
  return { starts, problems };
}
