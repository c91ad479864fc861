import type { RunLedger } from '@weir/core';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Counts a run whose notice was sent: just then, so that each run counts once. */
export async function countRun(ledger: RunLedger, runId: string, telemetry: Telemetry): Promise<void> {
  telemetry.count('NoticesSent', 1);
  const state = (await ledger.read(runId))?.state;
  if (state?.kind === 'failed') telemetry.count('RunsFailed', 1);
  if (state?.kind !== 'committed') return;
  telemetry.count('RunsCommitted', 1);
  telemetry.count('RowsRead', state.report.totals.read);
  telemetry.count('RowsRejected', state.report.totals.rejected);
}
