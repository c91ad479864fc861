import type { ReadDelivery } from '@weir/core';
import { printable } from '@weir/core/text';
import { tellWarnings } from '../ingest/tell-ingest.ts';
import { membersOf } from '../output/column.ts';
import { drawRejects } from '../output/draw-books.ts';
import { formatCount, formatCounted, formatDuration } from '../output/format-amount.ts';
import { section } from '../output/section.ts';
import { shorten } from '../output/shorten.ts';
import type { Session } from '../session.ts';

export interface TransformResult {
  readonly staged: Extract<ReadDelivery, { kind: 'staged' }>;
  /** Paths of what was written. */
  readonly rows: string;
  readonly rejects: string;
  readonly warnings: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}

const TOLD = [
  ...(['key', 'status', 'contentHash', 'sourceDay', 'read', 'accepted', 'rejected', 'blankLines'] as const),
  ...(['rows', 'rejects'] as const),
];
const MOST_NAMES = 20;
const LONGEST_NAME = 64;

/** What was written and what was turned away, for people and for programs. */
export function tellTransform({ screen }: Session, { staged, rows, rejects, warnings, took }: TransformResult): void {
  const { file, ignoredColumns } = staged;
  const { key, contentHash, sourceDay, read, blankLines, rejected, rejectsByCode } = file;
  const accepted = read - rejected;
  const told = {
    key,
    status: file.status,
    contentHash,
    sourceDay,
    read,
    accepted,
    rejected,
    blankLines,
    rows,
    rejects,
  };
  screen.document({ ...told, rejectsByCode, ignoredColumns, warnings });
  screen.records(membersOf(...TOLD), [told]);
  screen.say(
    `${formatCounted(read, 'row')} read in ${formatDuration(took)} = ${formatCount(accepted)} accepted + ${formatCount(rejected)} rejected`,
  );
  if (rejected > 0) section(screen, 'Rejected, by reason (a row may have several)', drawRejects(rejectsByCode));
  tellWarnings(screen, [
    ...warnings,
    ...(ignoredColumns.length > 0
      ? [`ignored columns that the rules do not know: ${listColumns(ignoredColumns)}`]
      : []),
  ]);
  section(screen, 'Written', [`  ${printable(rows)}`, `  ${printable(rejects)}`]);
}

/** A header may name half a million. */
function listColumns(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(shorten(name, LONGEST_NAME)));
  return `${first.join(', ')}${names.length > MOST_NAMES ? ` and ${formatCount(names.length - MOST_NAMES)} more` : ''}`;
}
