import type { AmountTotal, Fact } from '../ports/fact-reader.port.ts';
import { compareUtf8 } from '../rules/version.ts';

const MOST_TOLD = 10_000;

/** Facts by day and class. */
export function addAmounts(facts: readonly Fact[]): readonly AmountTotal[] {
  const groups = Map.groupBy(facts, ({ transaction_date, amount_class }) => `${transaction_date} ${amount_class}`);
  return [...groups.values()]
    .map((group) => ({
      day: group[0]!.transaction_date,
      amountClass: group[0]!.amount_class,
      transactions: group.length,
      amount: toDigits(group.reduce((sum, { total_amount }) => sum + BigInt(total_amount.replace('.', '')), 0n)),
    }))
    .sort((a, b) => compareUtf8(a.day, b.day) || compareUtf8(a.amountClass, b.amountClass))
    .slice(-MOST_TOLD);
}

function toDigits(hundredths: bigint): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
