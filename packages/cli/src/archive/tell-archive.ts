import type { ArchiveProblem, ArchiveReport } from '@weir/core/operations';
import { printable } from '@weir/core/text';
import type { Column } from '../output/column.ts';
import { formatBytes, formatCount, formatCounted } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { tellTable } from '../output/tell-table.ts';

/** What is told of a problem. */
type Line = Partial<Record<'kind' | 'sourceDay' | 'key' | 'storedAs' | 'runId' | 'contentHash' | 'reason', string>> &
  Partial<Record<'size' | 'foundSize', number>>;

const PROBLEM_COLUMNS: readonly Column<Line>[] = [
  { name: 'kind', title: 'what', value: (line) => line.kind },
  { name: 'sourceDay', title: 'day', value: (line) => line.sourceDay, spare: true },
  {
    name: 'key',
    title: 'file',
    value: (line) => line.key,
    show: (line) => printable(line.key ?? line.storedAs ?? ''),
    gives: true,
  },
  { name: 'storedAs', value: (line) => line.storedAs, only: 'csv' },
  { name: 'size', title: 'bytes', value: (line) => line.size },
  { name: 'foundSize', title: 'found', value: (line) => line.foundSize },
  { name: 'contentHash', value: (line) => line.contentHash, only: 'csv' },
  { name: 'runId', title: 'run', value: (line) => line.runId, spare: true },
  { name: 'reason', value: (line) => line.reason, only: 'csv' },
];

const KINDS = ['missing', 'changed', 'unreadable'] as const;

/** Whether the archive is whole, and what is wrong with it. */
export function tellArchive(screen: Screen, report: ArchiveReport): void {
  const { location, files, bytes, intact, strays, problems } = report;
  screen.document({ ...report, strays: strays ?? null });
  const found = [
    `${formatCount(intact)} intact`,
    ...KINDS.filter((kind) => report[kind] > 0).map((kind) => `${formatCount(report[kind])} ${kind}`),
    ...(strays === undefined ? [] : [`${formatCounted(strays, 'stray')}`]),
  ];
  const read = `${formatCounted(files, 'file')} that were loaded, ${formatBytes(bytes)} read`;
  screen.say(`Archive ${printable(location)}: ${read}: ${found.join(', ')}`);
  if (problems.length > 0) screen.say();
  tellTable<ArchiveProblem & Line>(screen, PROBLEM_COLUMNS, problems);
  const told = problems.length;
  const all = files - intact + (strays ?? 0);
  if (told < all) screen.say(`... and ${formatCount(all - told)} more`);
  if (report.missing + report.changed > 0) tellNext(screen);
}

function tellNext(screen: Screen): void {
  screen.say();
  screen.say(
    'What is loaded stays as it is. Put the files back from a copy; without them these days cannot be loaded again.',
  );
}
