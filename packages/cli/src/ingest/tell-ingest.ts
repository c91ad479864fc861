import type { IngestReport } from '@weir/core';
import { printable, sumRejects } from '@weir/core/text';
import { callWeir } from '../output/call-weir.ts';
import { drawBooks, drawRejects } from '../output/draw-books.ts';
import { formatCounted, formatDuration } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';
import type { Session } from '../session.ts';
import type { Places } from './resolve-places.ts';

const MOST_PROBLEMS = 10;

/** What a run did, for people: the books, why rows and files were turned away, where files went, what to do next. */
export function tellIngest({ screen, env }: Session, report: IngestReport, places: Places, took: number): void {
  if (report.files.length === 0) {
    screen.say(`Nothing to do: no file in ${printable(places.landing)} waits to be processed.`);
    tellWarnings(screen, report.warnings);
    return;
  }
  if (report.files.every(({ status }) => status === 'already-loaded')) {
    screen.say(`Nothing new: ${formatCounted(report.files.length, 'file')} landed, and all were processed before.`);
  } else {
    screen.say(headline(screen, report, took));
    screen.say();
    screen.say(drawBooks(screen, report.files, report.totals));
  }
  tellRejects(screen, report);
  tellProblems(screen, report.files, {
    refused: 'no row was loaded',
    failed: 'the next run tries again',
  });
  tellWarnings(screen, report.warnings);
  tellPlaces(screen, report, places);
  tellNext(screen, report, callWeir(env));
  tellNotMoved(screen, report);
}

export function tellWarnings(screen: Screen, warnings: readonly string[]): void {
  if (warnings.length > 0)
    section(
      screen,
      'Warnings',
      warnings.map((warning) => `  ${printable(warning)}`),
    );
}

function headline({ colors }: Screen, { runId, status, totals, files }: IngestReport, took: number): string {
  const color = { succeeded: colors.green, 'succeeded-with-rejects': colors.yellow, failed: colors.red }[status];
  const isAll = files.every((file) => file.status === 'failed');
  const words = status === 'failed' && !isAll ? 'failed in part' : status.replaceAll('-', ' ');
  const amount = `${formatCounted(totals.read, 'row')} of ${formatCounted(files.length, 'file')} in ${formatDuration(took)}`;
  return `Run ${colors.bold(runId)} ${color(words)}: ${amount}`;
}

function tellRejects(screen: Screen, report: IngestReport): void {
  if (report.totals.rejected === 0) return;
  const title = `${formatCounted(report.totals.rejected, 'row')} rejected, by reason (a row may have several)`;
  section(screen, title, drawRejects(sumRejects(report.files)));
}

/** @param meanings what the status of a file means for it */
export function tellProblems(
  screen: Screen,
  files: IngestReport['files'],
  meanings: Readonly<Record<'refused' | 'failed', string>>,
): void {
  for (const status of ['refused', 'failed'] as const) {
    const told = files.filter((file) => file.status === status);
    if (told.length === 0) continue;
    const lines = told
      .slice(0, MOST_PROBLEMS)
      .flatMap(({ key, problem }) => [
        `  ${printable(key)}`,
        `    ${problem?.code}: ${printable(problem?.message ?? '')}`,
        ...(problem?.remedy === undefined ? [] : [`    ${printable(problem.remedy)}`]),
      ]);
    if (told.length > MOST_PROBLEMS) lines.push(`  ... and ${told.length - MOST_PROBLEMS} more`);
    section(screen, `${formatCounted(told.length, 'file')} ${status}: ${meanings[status]}`, lines);
  }
}

function tellPlaces(screen: Screen, { files, archived, quarantined }: IngestReport, places: Places): void {
  const stayed = files.length - archived - quarantined;
  const lines = [
    ...(archived > 0 ? [`  ${formatCounted(archived, 'file')} moved to the archive ${places.archive}`] : []),
    ...(quarantined > 0
      ? [`  ${formatCounted(quarantined, 'file')} moved to the quarantine ${places.quarantine}`]
      : []),
    ...(stayed > 0 ? [`  ${formatCounted(stayed, 'file')} left in ${places.landing}`] : []),
  ];
  section(screen, 'Where the files are', lines.map(printable));
}

function tellNext(screen: Screen, { runId, files, totals }: IngestReport, weir: string): void {
  const isRecorded = files.some(({ status }) => status === 'loaded' || status === 'empty' || status === 'refused');
  const lines = [
    ...(totals.rejected > 0 && files.some(({ rejectsByCode }) => isAboutDimensions(rejectsByCode))
      ? [`  ${weir} dimensions load ...   products or customers are missing; rows heal when they are loaded`]
      : []),
    ...(isRecorded ? [`  ${weir} runs show ${runId}   these books again`] : []),
  ];
  if (lines.length > 0) section(screen, 'Next', lines);
}

function isAboutDimensions(rejects: IngestReport['files'][number]['rejectsByCode']): boolean {
  return rejects['product-unknown'] !== undefined || rejects['customer-unknown'] !== undefined;
}

/** A failure that comes on top of a run that is done, in the form of all failures. */
function tellNotMoved(screen: Screen, { notMoved }: IngestReport): void {
  const [first] = notMoved;
  if (first === undefined) return;
  const { red, bold, dim } = screen.errorColors;
  screen.note('');
  screen.note(
    `${red(bold('error:'))} ${formatCounted(notMoved.length, 'file')} could not be moved. What they hold is recorded for good; ` +
      'they lie in the landing folder still, and are not counted again.',
  );
  for (const { key, problem } of notMoved.slice(0, MOST_PROBLEMS)) {
    screen.note(`  ${printable(key)}: ${printable(problem.message)}`);
  }
  screen.note(
    `  ${bold('next:')} ${printable(first.problem.remedy ?? 'Mend what the message names')} The next run moves them.`,
  );
  screen.note(dim(`  code: ${first.problem.code}`));
}
