import { addBooks, type DayRange, type FileReport, type IngestReport, type ReplayReport } from '@weir/core';
import { printable } from '@weir/core/text';
import { EXIT_CODE } from '../exit-code.ts';
import { ingestDocument } from '../ingest/ingest-document.ts';
import { ingestExitCode } from '../ingest/ingest-exit-code.ts';
import { BOOKS_COLUMNS } from '../output/books-columns.ts';
import { type Column, membersOf } from '../output/column.ts';
import { formatCounted, formatDuration } from '../output/format-amount.ts';
import { section } from '../output/section.ts';
import { tellTable } from '../output/tell-table.ts';
import { describeReplay, replayDocument } from '../rejects/describe-replay.ts';
import type { Session } from '../session.ts';

export interface BackfillEnd {
  readonly range: DayRange;
  /** Where the files lay. */
  readonly location: string;
  readonly runs: readonly IngestReport[];
  /** Undefined where no rejects were to be read again. */
  readonly replay: ReplayReport | undefined;
  /** Milliseconds. */
  readonly took: number;
}

const MOST_PROBLEMS = 10;

const RUN_COLUMNS: readonly Column<IngestReport>[] = [
  { name: 'runId', title: 'run', value: ({ runId }) => runId },
  ...membersOf('status'),
  { name: 'files', value: ({ files }) => files.length },
  { name: 'known', title: 'loaded before', value: ({ files }) => count(files, 'already-loaded'), spare: true },
  ...BOOKS_COLUMNS.map(({ name, value }): Column<IngestReport> => ({ name, value: ({ totals }) => value(totals) })),
];

/** What a backfill did, over all its runs. */
export function tellBackfill({ screen }: Session, { range, location, runs, replay, took }: BackfillEnd): void {
  const { fromDay, toDay } = range;
  const files = runs.flatMap((run) => run.files);
  const totals = addBooks(runs.map((run) => run.totals));
  screen.document({
    from: fromDay,
    to: toDay,
    source: location,
    runs: runs.map(ingestDocument),
    totals,
    replay: replay === undefined ? null : replayDocument(replay),
  });
  const days = `from ${fromDay} to ${toDay}`;
  if (files.every(({ status }) => status === 'already-loaded')) {
    screen.records(RUN_COLUMNS, runs);
    const known = `Nothing new: ${formatCounted(files.length, 'file')} ${days}, and all were loaded before.`;
    screen.say(files.length > 0 ? known : `Nothing to do: no file in ${printable(location)} is of a day ${days}.`);
  } else {
    const amount = `${formatCounted(files.length, 'file')} in ${formatCounted(runs.length, 'run')}, ${formatCounted(totals.read, 'row')}`;
    screen.say(`Backfill ${days}: ${amount} in ${formatDuration(took)}`);
    screen.say();
    tellTable(screen, RUN_COLUMNS, runs);
  }
  tellProblems(screen, files);
  if (replay !== undefined && replay.read > 0) screen.say(describeReplay(replay));
}

function tellProblems(screen: Session['screen'], files: readonly FileReport[]): void {
  const told = files.filter(({ problem }) => problem !== undefined);
  if (told.length === 0) return;
  const lines = told
    .slice(0, MOST_PROBLEMS)
    .map((file) => `  ${printable(`${file.key}: ${file.status}: ${file.problem!.message}`)}`);
  if (told.length > MOST_PROBLEMS) lines.push(`  ... and ${told.length - MOST_PROBLEMS} more`);
  section(screen, `${formatCounted(told.length, 'file')} refused or failed`, lines);
}

/** The worst end of any run. */
export function backfillExitCode(runs: readonly IngestReport[], failsOnRejects: boolean): number {
  const codes = runs.map((run) => ingestExitCode(run, failsOnRejects));
  if (codes.includes(EXIT_CODE.failed)) return EXIT_CODE.failed;
  return Math.max(EXIT_CODE.done, ...codes);
}

function count(files: readonly FileReport[], status: FileReport['status']): number {
  return files.filter((file) => file.status === status).length;
}
