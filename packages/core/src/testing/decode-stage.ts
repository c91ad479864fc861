import { STAGED_REJECT_COLUMNS, STAGED_ROW_COLUMNS } from '../staging/stage-columns.ts';
import { decodeStagedLines } from '../staging/staged-text.ts';
import type { StagedReject } from './build-staged-reject.ts';
import type { StagedRow } from './build-staged-row.ts';

const NUMBERS: ReadonlySet<string> = new Set(['file_no', 'source_line', 'quantity', 'status_rank', 'raw_truncated']);

/** @throws Error where a line has not the columns of a staged row, as a database would refuse it */
export function decodeStagedRows(lines: Uint8Array): StagedRow[] {
  return decode(lines, STAGED_ROW_COLUMNS) as unknown as StagedRow[];
}

/** @throws Error where a line has not the columns of a staged reject */
export function decodeStagedRejects(lines: Uint8Array): StagedReject[] {
  return decode(lines, STAGED_REJECT_COLUMNS).map(
    ({ faults, ...reject }) => ({ ...reject, faults: JSON.parse(String(faults)) }) as unknown as StagedReject,
  );
}

function decode(lines: Uint8Array, columns: readonly string[]): Record<string, string | number>[] {
  if (lines.length > 0 && lines.at(-1) !== 10) throw new Error('The staged text does not end with a line feed.');
  return decodeStagedLines(lines).map((values) => {
    if (values.length !== columns.length) {
      throw new Error(`A staged line has ${values.length} values, but there are ${columns.length} columns.`);
    }
    return Object.fromEntries(columns.map((column, i) => [column, toValue(column, values[i]!)]));
  });
}

function toValue(column: string, text: string): string | number {
  if (!NUMBERS.has(column)) return text;
  if (!/^\d+$/.test(text)) throw new Error(`The staged column ${column} holds ${JSON.stringify(text)}, not a number.`);
  return Number(text);
}
