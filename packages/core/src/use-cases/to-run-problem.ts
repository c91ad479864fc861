import type { FileProblem } from '../ports/ingest-report.ts';
import { isPortError } from '../ports/port-error.ts';
import { toProblem } from './report-file.ts';

/** Why a run failed, as it may be told to anybody: what we did not write ourselves might repeat a row. */
export function toRunProblem(error: unknown, signal: AbortSignal | undefined): FileProblem {
  if (isPortError(error)) return toProblem(error);
  if (signal?.aborted === true && error === signal.reason) {
    return { code: 'interrupted', message: 'The run was ended before its commit.', remedy: undefined };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'internal', message: `An error that Weir does not know: ${name}.`, remedy: undefined };
}
