import type { RunStatus, RunSummary } from '@weir/core';
import { describeBooks } from '@weir/core/text';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { callWeir } from '../output/call-weir.ts';
import { tellTable } from '../output/tell-table.ts';
import { findRun } from '../runs/find-run.ts';
import { RUN_COLUMNS } from '../runs/run-columns.ts';
import { runSummaryDocument } from '../runs/run-document.ts';
import type { Session } from '../session.ts';

export interface RunsOptions {
  readonly limit: number;
  /** The id of a run, or the beginning of it. */
  readonly before?: string | undefined;
  readonly status?: RunStatus | undefined;
}

export async function listRuns(session: Session, { limit, before, status }: RunsOptions): Promise<number> {
  const { screen, interruption, env } = session;
  return await withDatabase(session, async ({ history }) => {
    const place = before === undefined ? undefined : await interruption.race(findRun(history, before));
    const statuses = status === undefined ? undefined : [status];
    const runs = await interruption.race(history.runs({ limit, before: place, statuses }));
    screen.document({ runs: runs.map(runSummaryDocument) });
    if (runs.length === 0) {
      screen.records(RUN_COLUMNS, runs);
      const isAny = place === undefined && status === undefined;
      screen.say(isAny ? `No run yet. Start one: ${callWeir(env)} ingest --landing <folder>` : 'There is no such run.');
      return EXIT_CODE.done;
    }
    tellTable(screen, RUN_COLUMNS, runs, describeRun);
    screen.say();
    screen.say(`The books of one: ${callWeir(env)} runs show ${runs[0]!.runId}`);
    if (runs.length === limit) screen.say(`Older ones: ${callWeir(env)} runs --before ${runs.at(-1)!.runId}`);
    return EXIT_CODE.done;
  });
}

/** For terminals on which no table fits. */
function describeRun({ runId, status, totals }: RunSummary): string {
  return `${runId} ${status}\n  ${describeBooks(totals)}`;
}
