import type { FactsLeft, LeftReason, UndoBooks } from '@weir/core/operations';
import { printable } from '@weir/core/text';
import { type Column, membersOf } from '../output/column.ts';
import { formatCount, formatCounted } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';

const REASONS: Readonly<Record<LeftReason, string>> = {
  'decisions-not-kept':
    'decisions were not kept, so that it is not known which row would be stored ("decisions" of the policy)',
  'not-in-archive': 'the file that the row is to come from does not lie in the archive with its content',
  'archive-unreadable': 'the file that the row is to come from cannot be read',
  'row-not-valid': 'the row that is to come back breaks a rule today',
};

/** What an undo did, or would do, for people. */
export function tellUndo(screen: Screen, books: UndoBooks, state: 'planned' | 'done'): void {
  const { runId, facts, restored, deleted, left, replaced } = books;
  const { bold } = screen.colors;
  const kept = left.reduce((sum, reason) => sum + reason.facts, 0);
  const verb = state === 'done' ? 'is undone' : 'can be undone';
  screen.say(`Run ${bold(printable(runId))} ${verb}: ${formatCounted(facts, 'fact')} came from it and still stood`);
  const lines = [
    `${formatCount(restored)} ${state === 'done' ? 'have' : 'get'} the row of another run again`,
    `${formatCount(deleted)} ${state === 'done' ? 'were' : 'are'} removed: no other run delivered them`,
    `${formatCount(kept)} ${state === 'done' ? 'stayed' : 'stay'} as they are`,
  ];
  for (const line of lines) screen.say(`  ${line}`);
  if (replaced > 0)
    screen.say(
      `  ${formatCounted(replaced, 'row')} of it ${replaced === 1 ? 'is' : 'are'} not stored any more, or never had to be: nothing to undo`,
    );
  for (const reason of left) section(screen, titleOf(reason), listFirst(reason));
}

/** What is told to programs; of a run that was undone before only that. */
export interface UndoReport extends Partial<UndoBooks> {
  readonly runId: string;
  readonly status: 'planned' | 'undone' | 'undone-before';
  readonly undoneAt: number | undefined;
}

const COLUMNS: readonly Column<UndoReport>[] = [
  ...membersOf('runId', 'status'),
  { name: 'undoneAt', value: ({ undoneAt }) => toIso(undoneAt) },
  ...membersOf('facts', 'restored', 'deleted'),
  { name: 'left', value: ({ left }) => left?.reduce((sum, { facts }) => sum + facts, 0) },
  ...membersOf('replaced'),
];

export function reportUndo(screen: Screen, report: UndoReport): void {
  const { left, undoneAt, ...counts } = report;
  screen.records(COLUMNS, [report]);
  screen.document({
    ...counts,
    undoneAt: toIso(undoneAt),
    ...(left === undefined ? {} : { left: left.map(toDocument) }),
  });
}

function toDocument(reason: FactsLeft) {
  const first = reason.first.map(({ transactionId, key, line }) => ({
    transactionId,
    key: key ?? null,
    line: line ?? null,
  }));
  return { ...reason, first };
}

function toIso(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

function titleOf({ reason, facts }: FactsLeft): string {
  return `${formatCounted(facts, 'fact')} left as ${facts === 1 ? 'it is' : 'they are'} (${reason}): ${REASONS[reason]}`;
}

function listFirst({ facts, first }: FactsLeft): readonly string[] {
  const lines = first.map(({ transactionId, key, line }) => {
    const place = key === undefined ? '' : `, from ${printable(key)}:${line}`;
    return `  ${printable(transactionId)}${place}`;
  });
  return facts > first.length ? [...lines, `  ... and ${formatCount(facts - first.length)} more`] : lines;
}
