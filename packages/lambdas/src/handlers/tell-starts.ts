import type { RunStart, StartedRuns } from '@weir/core/runs';
import { describeError } from '../telemetry/describe-error.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Tells what became of runs that waited. One that could not be started stays planned, and a sweep tries again. */
export function tellStarts({ starts, problems }: StartedRuns, telemetry: Telemetry): void {
  if (starts.length > 0) telemetry.info('Runs that waited were tried.', { starts });
  countStarts(starts, telemetry);
  for (const { runId, error } of problems) {
    telemetry.warn('A run that waits could not be started.', { runId, fault: describeError(error) });
  }
}

export function countStarts(starts: readonly RunStart[], telemetry: Telemetry): void {
  telemetry.count('RunsStarted', starts.filter(({ kind }) => kind === 'started').length);
}
