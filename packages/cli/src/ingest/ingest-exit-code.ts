import type { IngestReport } from '@weir/core';
import { EXIT_CODE } from '../exit-code.ts';

/** A fault of the machinery weighs more than a refused file, and that more than a rejected row. */
export function ingestExitCode(
  report: Pick<IngestReport, 'status' | 'files' | 'totals'> & Partial<Pick<IngestReport, 'notMoved'>>,
  failsOnRejects: boolean,
): number {
  if (report.status === 'failed' || (report.notMoved ?? []).length > 0) return EXIT_CODE.failed;
  const isRefused = report.files.some(({ status }) => status === 'refused');
  if (isRefused || (failsOnRejects && report.totals.rejected > 0)) return EXIT_CODE.refused;
  return EXIT_CODE.done;
}
