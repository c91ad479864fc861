import type { FilePreview, PreviewedChange, PreviewedReject, RunPreview } from '@weir/core';
import { printable, sumRejects } from '@weir/core/text';
import type { Places } from '../ingest/resolve-places.ts';
import { tellProblems, tellWarnings } from '../ingest/tell-ingest.ts';
import { callWeir } from '../output/call-weir.ts';
import { drawBooks, drawRejects } from '../output/draw-books.ts';
import { formatCount, formatCounted, formatDuration } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';
import { shorten } from '../output/shorten.ts';
import type { Session } from '../session.ts';

const MOST_FILES = 5;
const LONGEST_VALUE = 40;

/** What a run would do, for people. */
export function tellPlan({ screen, env }: Session, preview: RunPreview, places: Places, took: number): void {
  const { files, totals } = preview;
  const isNew = files.some(({ status }) => status !== 'already-loaded');
  if (!isNew) {
    const landed = files.length === 0 ? 'no file' : `no new file among ${formatCounted(files.length, 'file')}`;
    screen.say(`A run would do nothing: ${landed} in ${printable(places.landing)}.`);
    tellWarnings(screen, preview.warnings);
    return;
  }
  const amount = `${formatCounted(totals.read, 'row')} of ${formatCounted(files.length, 'file')}`;
  screen.say(`A run would do this with ${amount}. Nothing was written (${formatDuration(took)}).`);
  screen.say();
  screen.say(drawBooks(screen, files, totals));
  tellRejects(screen, preview);
  tellChanges(screen, preview);
  tellProblems(screen, files, {
    refused: `no row would be loaded; ${callWeir(env)} validate tells all faults`,
    failed: 'a run may fare better',
  });
  tellWarnings(screen, preview.warnings);
  section(screen, 'Next', [`  ${callWeir(env)} ingest --landing ${printable(places.landing)} ...   does it`]);
}

function tellRejects(screen: Screen, { files, totals }: RunPreview): void {
  if (totals.rejected === 0) return;
  const title = `${formatCounted(totals.rejected, 'row')} would be rejected, by reason (a row may have several)`;
  section(screen, title, drawRejects(sumRejects(files)));
  const describe = ({ line, codes }: PreviewedReject) => [`    line ${line}: ${codes.join(', ')}`];
  tellExamples(screen, 'The first of each file', files, ({ rejects, rejected }) => ({
    lines: rejects.flatMap(describe),
    more: rejected - rejects.length,
  }));
}

function tellChanges(screen: Screen, { files, totals }: RunPreview): void {
  if (totals.updated === 0) return;
  const title = `${formatCounted(totals.updated, 'row')} would be changed; the first of each file`;
  tellExamples(screen, title, files, ({ changes, updated }) => ({
    lines: changes.flatMap(describeChange),
    more: updated - changes.length,
  }));
}

function describeChange({ line, transactionId, columns }: PreviewedChange): readonly string[] {
  return [
    `    line ${line}, transaction ${show(transactionId)}`,
    ...columns.map(({ column, before, after }) => `      ${column}: ${show(before)} -> ${show(after)}`),
  ];
}

interface Examples {
  readonly lines: readonly string[];
  readonly more: number;
}

function tellExamples(
  screen: Screen,
  title: string,
  files: readonly FilePreview[],
  examplesOf: (file: FilePreview) => Examples,
): void {
  const withLines = files
    .map((file) => ({ key: file.key, ...examplesOf(file) }))
    .filter(({ lines }) => lines.length > 0);
  if (withLines.length === 0) return;
  const lines = withLines
    .slice(0, MOST_FILES)
    .flatMap(({ key, lines, more }) => [
      `  ${printable(key)}`,
      ...lines,
      ...(more > 0 ? [`    ... and ${formatCount(more)} more`] : []),
    ]);
  const others = withLines.length - MOST_FILES;
  section(screen, title, [
    ...lines,
    ...(others > 0 ? [`  ... and those of ${formatCounted(others, 'more file')}: --json tells them`] : []),
  ]);
}

function show(value: string): string {
  return value === '' ? '(empty)' : printable(shorten(value, LONGEST_VALUE));
}
