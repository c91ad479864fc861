import type { Measured } from './measure-side-by-side.ts';
import { isReached, showValue, type Target } from './target.ts';

export interface Table {
  readonly title: string;
  /** The first is what the others are compared with. */
  readonly measured: readonly Measured[];
  readonly notes?: readonly string[];
}

export interface PartResult {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}

/** All results as Markdown: what was wanted first, then every table. */
export function writeReport(results: readonly PartResult[]): string {
  const targets = results.flatMap((result) => result.targets);
  const tables = results.flatMap((result) => result.tables);
  return [writeTargets(targets), ...tables.map(writeTable)].join('\n\n');
}

function writeTargets(targets: readonly Target[]): string {
  const rows = targets.map((target) => [
    target.what,
    `${target.bound} ${showValue({ value: target.limit, unit: target.unit })}`,
    showValue(target),
    isReached(target) ? 'yes' : '**no**',
  ]);
  return `## What is wanted, and what is reached\n\n${drawTable(['what', 'wanted', 'measured', 'reached'], rows)}`;
}

function writeTable({ title, measured, notes = [] }: Table): string {
  const first = measured[0]!;
  const rows = measured.map((one) => [
    one.name,
    one.seconds.toFixed(2),
    `${one.fastest.toFixed(2)} to ${one.slowest.toFixed(2)}`,
    (one.seconds / first.seconds).toFixed(2),
    one.peak.toFixed(0),
    (one.peak / first.peak).toFixed(2),
  ]);
  const head = ['', 'seconds', 'all rounds', 'times the first', 'peak MB', 'times the first'];
  return [`## ${title}`, drawTable(head, rows), ...notes].join('\n\n');
}

function drawTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
