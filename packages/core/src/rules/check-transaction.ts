import { isBlank } from '../intake/byte-kinds.ts';
import { type FaultMask, faultBit } from './faults.ts';
import type { FieldBounds, RowRules } from './row-rules.ts';
import { TRANSACTION_COLUMNS, type TransactionColumn } from './transaction-columns.ts';

export type TransactionText = Readonly<Record<TransactionColumn, string>>;

const ENCODING = faultBit('row-encoding');
const encoder = new TextEncoder();

/**
 * Holds one transaction, given as text, against the same rules that the bytes of a file meet. What was read is left in
 * `rules`. Text that has no UTF-8 form (a lone surrogate) or holds NUL is `row-encoding`, and no other fault is looked for.
 */
export function checkTransaction(rules: RowRules, transaction: TransactionText): FaultMask {
  const values = TRANSACTION_COLUMNS.map((column) => transaction[column]);
  if (values.some((value) => !value.isWellFormed() || value.includes('\0'))) return ENCODING;
  return rules.check(layOut(values.map((value) => encoder.encode(value))), 0);
}

function layOut(values: readonly Uint8Array[]): FieldBounds {
  const bytes = new Uint8Array(values.reduce((sum, value) => sum + value.length, 0));
  const starts = new Int32Array(values.length);
  const ends = new Int32Array(values.length);
  let at = 0;
  values.forEach((value, slot) => {
    bytes.set(value, at);
    starts[slot] = at;
    at += value.length;
    ends[slot] = at;
    while (starts[slot] < ends[slot] && isBlank(bytes[starts[slot]])) starts[slot]++;
    while (ends[slot] > starts[slot] && isBlank(bytes[ends[slot] - 1])) ends[slot]--;
  });
  return { bytes, starts, ends };
}
