import type { PlanOptions } from './plan-runs.ts';
import type { RunPorts } from './run-ports.ts';
import type { NoticeOptions } from './send-notice.ts';
import { startWaitingRuns } from './start-waiting-runs.ts';
import { sweepLanding } from './sweep-landing.ts';
import { sweepOpenRuns } from './sweep-open-runs.ts';
import { type Reconciliation, SweepReport } from './sweep-report.ts';

export interface ReconcileOptions extends PlanOptions, NoticeOptions {
  /** A younger file is left to its event. Milliseconds; default 15 minutes. */
  readonly grace?: number | undefined;
}

/** Superseded versions show one after the other as older ones are taken away. */
const MOST_PASSES = 20;

/**
 * One sweep: whatever lost events, crashes and leases that ran out left behind is carried on. Runs whose job ended without
 * anybody hearing of it are ended by what the warehouse says; notices, moves and releases that are due are done; files of the
 * landing place without a run get one, and what was processed but still lies there is taken away; what waits is started.
 * It may run beside everything else, itself included.
 *
 * @throws PortError where the ledger or the landing place cannot be listed; faults of single runs and files are reported
 */
export async function reconcile(ports: RunPorts, options: ReconcileOptions): Promise<Reconciliation> {
  const report = new SweepReport();
  await sweepOpenRuns(ports, options, report);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    report.givenUp.clear();
    const taken = await sweepLanding(ports, options, report);
    if (taken === 0) break;
  }
  const { starts, problems } = await startWaitingRuns(ports, options);
  report.starts.push(...starts);
  for (const { runId, error } of problems) report.addProblem(runId, error);
  return report.toReconciliation();
}
