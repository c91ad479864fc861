import type { Fact } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import { FACT_COLUMNS } from '../queries/select-facts.ts';
import type { TextRow } from './text-row.ts';

const NUMBERS: ReadonlySet<string> = new Set(['quantity', 'status_rank', 'source_line']);

/** The values of a row of `selectFacts`, in the order of `FACT_COLUMNS`. */
export function readFact(values: readonly string[]): Fact {
  return Object.fromEntries(
    FACT_COLUMNS.map((column, i) => [column, readValue(column, values[i]!)]),
  ) as unknown as Fact;
}

/** A row of `selectFact`. */
export function readFactRow(row: TextRow): Fact {
  return readFact(FACT_COLUMNS.map((column) => row[column]!));
}

function readValue(column: string, text: string): string | number {
  if (column === 'source_modified') return parseTimestamp(text);
  return NUMBERS.has(column) ? Number(text) : text;
}
