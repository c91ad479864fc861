import type { RunSummary } from '@weir/core';
import { withDatabase } from '../composition/with-database.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { callWeir } from '../output/call-weir.ts';
import { describeBooks } from '../output/draw-books.ts';
import { drawTable } from '../output/draw-table.ts';
import { formatCount, formatTime } from '../output/format-amount.ts';
import { runSummaryDocument } from '../runs/run-document.ts';
import type { Session } from '../session.ts';

const VERDICTS = ['read', 'inserted', 'updated', 'rejected'] as const;

export async function listRuns(session: Session, { limit }: { readonly limit: number }): Promise<number> {
  const { screen, interruption, env } = session;
  return await withDatabase(session, async ({ history }) => {
    const runs = await interruption.race(history.runs(limit));
    screen.document({ runs: runs.map(runSummaryDocument) });
    if (runs.length === 0) {
      screen.say(`No run yet. Start one: ${callWeir(env)} ingest --landing <folder>`);
      return EXIT_CODE.done;
    }
    const rows = runs.map((run) => [
      run.runId,
      run.status,
      formatTime(run.startedAt).slice(0, -4),
      formatCount(run.files),
      ...VERDICTS.map((verdict) => formatCount(run.totals[verdict])),
    ]);
    const numbers = ['files', ...VERDICTS].map((title) => ({ title, align: 'right' as const }));
    const columns = [
      { title: 'run' },
      { title: 'status' },
      { title: 'started (UTC)', spare: true as const },
      ...numbers,
    ];
    screen.say(drawTable(screen, columns, rows) ?? runs.map(describeRun).join('\n'));
    screen.say();
    screen.say(`The books of one: ${callWeir(env)} runs show ${runs[0]!.runId}`);
    return EXIT_CODE.done;
  });
}

/** For terminals on which no table fits. */
function describeRun({ runId, status, totals }: RunSummary): string {
  return `${runId} ${status}\n  ${describeBooks(totals)}`;
}
