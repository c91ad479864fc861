import { type AmountTotal, compareUtf8 } from '@weir/core';
import type { TextRow } from './text-row.ts';

/** The rows of `selectTotals`, in the order of days and of the bytes of classes. */
export function readTotals(rows: readonly TextRow[]): readonly AmountTotal[] {
  return rows
    .map((row) => ({
      day: row.transaction_day!,
      amountClass: row.amount_class!,
      transactions: Number(row.transactions),
      amount: row.amount!,
    }))
    .sort((a, b) => compareUtf8(a.day, b.day) || compareUtf8(a.amountClass, b.amountClass));
}
