import type { FoundFault } from '@weir/core';
import { printable } from '@weir/core/text';
import { drawRejects } from '../output/draw-books.ts';
import { drawTable } from '../output/draw-table.ts';
import { formatCount, formatCounted } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { shorten } from '../output/shorten.ts';
import type { ValidationResult } from './validation-result.ts';

const LONGEST_VALUE = 60;
const MOST_NAMES = 20;

/** What one file holds, for people. */
export function tellValidation(screen: Screen, result: ValidationResult): void {
  const { file, status, problem, read, faults, faultsLeftOut, faultsByCode, ignoredColumns } = result;
  if (status === 'failed') {
    tellFailed(screen, result);
    return;
  }
  const color = {
    valid: screen.colors.green,
    empty: screen.colors.yellow,
    faulty: screen.colors.red,
    refused: screen.colors.red,
  };
  screen.say(`${screen.colors.bold(printable(file))}: ${color[status](describe(result))}`);
  if (problem !== undefined) screen.say(`  ${problem.code}: ${printable(problem.message)}`);
  if (faults.length > 0) screen.say(drawFaults(screen, faults));
  if (faultsLeftOut > 0) {
    screen.say(
      `... and ${formatCounted(faultsLeftOut, 'more fault')}: --limit tells more of them, --csv all. By rule:`,
    );
    for (const line of drawRejects(faultsByCode)) screen.say(line);
  }
  if (ignoredColumns.length > 0 && read > 0)
    screen.say(`  columns that the rules do not know: ${listNames(ignoredColumns)}`);
}

function describe({ status, read, rejected, faultsByCode }: ValidationResult): string {
  const all = Object.values(faultsByCode).reduce((sum, count) => sum + count, 0);
  const found = `${formatCounted(rejected, 'row')} of ${formatCount(read)} with ${formatCounted(all, 'fault')}`;
  if (status === 'empty') return 'no rows';
  if (status === 'valid') return `${formatCounted(read, 'row')}, no fault`;
  return status === 'faulty' ? found : `it would be refused${rejected > 0 ? `; ${found}` : ''}`;
}

function drawFaults(screen: Screen, faults: readonly FoundFault[]): string {
  const columns = [
    { title: 'line', align: 'right' as const },
    { title: 'column' },
    { title: 'value', gives: true as const },
    { title: 'rule' },
    { title: 'what is wrong', spare: true as const },
  ];
  const rows = faults.map(({ line, column, value, code, message }) => [
    String(line),
    column === '' ? '(record)' : column,
    showValue(value),
    code,
    message,
  ]);
  const narrow = () => rows.map(([line, column, value, code]) => `  line ${line} ${column} ${value}\n    ${code}`);
  return drawTable(screen, columns, rows) ?? narrow().join('\n');
}

function showValue(value: string | undefined): string {
  if (value === undefined) return '(cannot be shown)';
  return value === '' ? '(empty)' : printable(shorten(value, LONGEST_VALUE));
}

/** In the form of all failures; the other files are validated all the same. */
function tellFailed(screen: Screen, { problem }: ValidationResult): void {
  const { red, bold, dim } = screen.errorColors;
  screen.note(`${red(bold('error:'))} ${printable(problem!.message)}`);
  if (problem!.remedy !== undefined) screen.note(`  ${bold('next:')} ${printable(problem!.remedy)}`);
  screen.note(dim(`  code: ${problem!.code}`));
}

/** A header may name half a million. */
function listNames(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).map((name) => printable(JSON.stringify(shorten(name, LONGEST_VALUE))));
  return `${first.join(', ')}${names.length > MOST_NAMES ? ` and ${formatCount(names.length - MOST_NAMES)} more` : ''}`;
}
