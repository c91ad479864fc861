import type { FileStatus, IngestReport } from '../ports/ingest-report.ts';
import { sumRejects } from '../ports/rejects-by-code.ts';
import { type HistoryTotals, RUN_STATUSES, type RunHistory, type RunSummary } from '../ports/run-history.port.ts';
import { FAULTS } from '../rules/faults.ts';
import { VERDICTS } from '../rules/verdict.ts';
import type { MetricName, Sample } from './metrics.ts';

const FILE_STATUSES = ['loaded', 'empty', 'refused', 'replayed'] as const satisfies readonly FileStatus[];
const CODES = FAULTS.map(({ code }) => code);

/** All metrics of a warehouse. A count of nothing is told as 0, so that a rise from there is seen. */
export function measureHistory(totals: HistoryTotals, newest: RunSummary | undefined): readonly Sample[] {
  const { runs, files, rows, rejectsByCode } = totals;
  return [
    ...RUN_STATUSES.map((status) => sample('weir_runs_total', runs[status] ?? 0, status)),
    ...FILE_STATUSES.map((status) => sample('weir_files_total', files[status] ?? 0, status)),
    ...VERDICTS.map((verdict) => sample('weir_rows_total', rows[verdict], verdict)),
    ...CODES.map((code) => sample('weir_rejects_total', rejectsByCode[code] ?? 0, code)),
    ...measureState(totals, newest),
  ];
}

/**
 * The gauges alone, by questions that cost little however many runs there were.
 *
 * @throws PortError
 */
export async function readGauges(history: Pick<RunHistory, 'runs' | 'openRejects'>): Promise<readonly Sample[]> {
  const [newest] = await history.runs({ limit: 1 });
  const statuses = RUN_STATUSES.filter((status) => status !== 'failed');
  const [newestSuccess] = await history.runs({ limit: 1, statuses });
  return measureState({ openRejects: await history.openRejects(), lastSuccessAt: newestSuccess?.finishedAt }, newest);
}

function measureState(
  { openRejects, lastSuccessAt = 0 }: Pick<HistoryTotals, 'openRejects' | 'lastSuccessAt'>,
  newest: RunSummary | undefined,
): readonly Sample[] {
  return [
    sample('weir_open_rejects', openRejects),
    ...(newest === undefined
      ? []
      : [sample('weir_run_duration_seconds', Math.max(0, newest.finishedAt - newest.startedAt) / 1000)]),
    sample('weir_last_success_timestamp_seconds', lastSuccessAt / 1000),
  ];
}

/** What one run adds to the counters; nothing is told of 0. */
export function measureRun({
  status,
  files,
  totals,
}: Pick<IngestReport, 'status' | 'files' | 'totals'>): readonly Sample[] {
  const rejects = sumRejects(files);
  const samples = [
    sample('weir_runs_total', 1, status),
    ...FILE_STATUSES.map((fate) =>
      sample('weir_files_total', files.filter((file) => file.status === fate).length, fate),
    ),
    ...VERDICTS.map((verdict) => sample('weir_rows_total', totals[verdict], verdict)),
    ...CODES.map((code) => sample('weir_rejects_total', rejects[code] ?? 0, code)),
  ];
  return samples.filter(({ value }) => value > 0);
}

/** A run that left nothing in the warehouse. */
export function measureFailedRun(): readonly Sample[] {
  return [sample('weir_runs_total', 1, 'failed')];
}

function sample(name: MetricName, value: number, of?: string): Sample {
  return { name, of, value };
}
