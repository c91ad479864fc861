import type { FileReport } from '../ports/ingest-report.ts';
import type { RunStatus } from '../ports/run-history.port.ts';

/** With which a run ends, by what became of its files. */
export function statusOfRun(files: readonly FileReport[]): RunStatus {
  if (files.some(({ status }) => status === 'failed')) return 'failed';
  const hasRejects = files.some(({ status, rejected }) => status === 'refused' || rejected > 0);
  return hasRejects ? 'succeeded-with-rejects' : 'succeeded';
}
