import type { RunLedger } from '@weir/core';
import { measureFailedRun, measureRun } from '@weir/core/telemetry';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Counts a run whose notice was sent: just then, so that each run counts once. Tells whether the run was committed. */
export async function countRun(ledger: RunLedger, runId: string, telemetry: Telemetry): Promise<boolean> {
  telemetry.count('NoticesSent', 1);
  const state = (await ledger.read(runId))?.state;
  if (state?.kind !== 'committed' && state?.kind !== 'failed') return false;
  const samples = state.kind === 'committed' ? measureRun(state.report) : measureFailedRun();
  for (const sample of samples) telemetry.measure(sample);
  return state.kind === 'committed';
}
