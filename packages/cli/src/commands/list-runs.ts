import type { RunSummary } from '@weir/core';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { callWeir } from '../output/call-weir.ts';
import { describeBooks } from '../output/draw-books.ts';
import { tellTable } from '../output/tell-table.ts';
import { RUN_COLUMNS } from '../runs/run-columns.ts';
import { runSummaryDocument } from '../runs/run-document.ts';
import type { Session } from '../session.ts';

export async function listRuns(session: Session, { limit }: { readonly limit: number }): Promise<number> {
  const { screen, interruption, env } = session;
  return await withDatabase(session, async ({ history }) => {
    const runs = await interruption.race(history.runs(limit));
    screen.document({ runs: runs.map(runSummaryDocument) });
    if (runs.length === 0) {
      screen.records(RUN_COLUMNS, runs);
      screen.say(`No run yet. Start one: ${callWeir(env)} ingest --landing <folder>`);
      return EXIT_CODE.done;
    }
    tellTable(screen, RUN_COLUMNS, runs, describeRun);
    screen.say();
    screen.say(`The books of one: ${callWeir(env)} runs show ${runs[0]!.runId}`);
    return EXIT_CODE.done;
  });
}

/** For terminals on which no table fits. */
function describeRun({ runId, status, totals }: RunSummary): string {
  return `${runId} ${status}\n  ${describeBooks(totals)}`;
}
