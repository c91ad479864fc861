import * as z from 'zod';
import type { Policy } from '../policy/policy.ts';
import { checkTransaction } from './check-transaction.ts';
import { faultsOf } from './faults.ts';
import { RowRules } from './row-rules.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';
import { transactionText } from './transaction-text.ts';
import { toValidTransaction } from './valid-transaction.ts';

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
    return toValidTransaction(rules, policy, text);
  });
}
