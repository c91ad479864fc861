import * as z from 'zod';
import type { Policy } from '../policy/policy.ts';
import { checkTransaction } from './check-transaction.ts';
import { faultsOf } from './faults.ts';
import { exactTotal, RowRules } from './row-rules.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';

/** What is missing is blank, as in a file; numbers are taken as their digits. */
const value = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((given) => (given === null || given === undefined ? '' : String(given)));

const transactionText = z.object({
  transaction_id: value,
  customer_id: value,
  product_id: value,
  quantity: value,
  price: value,
  transaction_date: value,
  payment_type: value,
  status: value,
});

export interface TransactionSchemaOptions {
  /** `YYYY-MM-DD`: then a transaction must not be dated more than one day after it. */
  readonly fileDay?: string | undefined;
}

/**
 * A zod schema of a transaction, for services that embed the rules: the same verdict and the same codes as the pipeline,
 * dimensions apart. Each issue has its fault code in `params.code`. What comes out is normalised and enriched: trimmed,
 * listed spellings, decimals as digits with two places, total, class and rank.
 */
export function transactionSchema(policy: Policy, options: TransactionSchemaOptions = {}) {
  const rules = new RowRules(policy, options.fileDay);
  return transactionText.transform((text, context) => {
    const faults = checkTransaction(rules, text);
    for (const { code, column, message } of faultsOf(faults)) {
      const isField = TRANSACTION_COLUMNS.some((name) => name === column);
      context.issues.push({ code: 'custom', input: text, message, path: isField ? [column] : [], params: { code } });
    }
    if (faults !== 0) return z.NEVER;
    return {
      transaction_id: trimBlanks(text.transaction_id),
      customer_id: trimBlanks(text.customer_id),
      product_id: trimBlanks(text.product_id),
      quantity: rules.quantity,
      price: toDecimal(BigInt(rules.price)),
      transaction_date: trimBlanks(text.transaction_date),
      payment_type: policy.paymentTypes[rules.paymentType]!,
      status: policy.statuses[rules.status]!,
      status_rank: rules.status + 1,
      total_amount: toDecimal(exactTotal(rules.quantity, rules.price)),
      amount_class: policy.amountClasses[rules.amountClass]!.name,
    };
  });
}

function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function toDecimal(hundredths: bigint): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
