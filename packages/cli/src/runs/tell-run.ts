import type { RunRecord } from '@weir/core';
import { printable, sumRejects } from '@weir/core/text';
import { tellWarnings } from '../ingest/tell-ingest.ts';
import { drawBooks, drawRejects } from '../output/draw-books.ts';
import { formatCounted, formatDuration, formatTime } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';

/** The books of an earlier run, for people. */
export function tellRun(screen: Screen, run: RunRecord): void {
  const { bold } = screen.colors;
  const until = run.status === 'failed' ? 'failed' : 'its commit began';
  const after = formatDuration(run.finishedAt - run.startedAt);
  screen.say(`Run ${bold(run.runId)} ${run.status.replaceAll('-', ' ')}`);
  screen.say(
    `Started ${formatTime(run.startedAt)}, ${until} after ${after}, under the policy ${run.policyHash.slice(0, 19)}`,
  );
  if (run.undoneAt !== undefined) screen.say(`Undone ${formatTime(run.undoneAt)}: these books are what it did before`);
  if (run.error !== undefined) section(screen, 'Why it failed', [`  ${printable(run.error)}`]);
  if (run.files.length > 0) {
    const files = run.files.map(({ key, status, books }) => ({ key, status, ...books }));
    screen.say();
    screen.say(drawBooks(screen, files, run.totals));
  }
  if (run.totals.rejected > 0) {
    const title = `${formatCounted(run.totals.rejected, 'row')} rejected, by reason (a row may have several)`;
    section(screen, title, drawRejects(sumRejects(run.files)));
  }
  const refused = run.files.filter(({ refusal }) => refusal !== undefined);
  if (refused.length > 0) {
    const lines = refused.map(
      ({ key, refusal }) => `  ${printable(key)}\n    ${refusal!.code}: ${printable(refusal!.message)}`,
    );
    section(screen, `${formatCounted(refused.length, 'file')} refused`, lines);
  }
  tellWarnings(screen, run.warnings);
}
