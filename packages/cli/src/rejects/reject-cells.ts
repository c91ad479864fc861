import { type Reject, readRejectValues, TRANSACTION_COLUMNS } from '@weir/core';
import { csvCell } from '@weir/core/text';

const OWN_COLUMNS = ['faults', 'source_file', 'source_line', 'source_record'] as const;

/** The header of an export. A delivery with it is read like any other: columns that are not listed are ignored. */
export const EXPORT_HEADER = [...TRANSACTION_COLUMNS, ...OWN_COLUMNS].join(',');

export interface RejectCells {
  /** One record of CSV, without its line break. */
  readonly text: string;
  /** Cells that begin like formulas, and were given an apostrophe. */
  readonly defused: number;
  /** Whether the record could be told apart into columns. */
  readonly hasValues: boolean;
}

/** @param verbatim whether every value is written as delivered, also what a spreadsheet would run */
export function writeRejectCells(reject: Reject, verbatim: boolean): RejectCells {
  const values = readRejectValues(reject);
  const { faults, key, line, rawRecord } = reject;
  const cells = [
    ...TRANSACTION_COLUMNS.map((column) => values?.[column] ?? ''),
    faults.map(({ code }) => code).join(' '),
    key,
    String(line),
    values === undefined ? rawRecord : '',
  ];
  const write = verbatim ? plainCell : csvCell;
  return {
    text: cells.map(write).join(','),
    defused: verbatim ? 0 : cells.filter(isDefused).length,
    hasValues: values !== undefined,
  };
}

function plainCell(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function isDefused(cell: string): boolean {
  const written = csvCell(cell);
  return (written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written) !== cell;
}
