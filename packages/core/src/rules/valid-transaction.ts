import type { Policy } from '../policy/policy.ts';
import type { PolicyWords } from '../policy/policy-words.ts';
import { formatHundredths } from './hundredths.ts';
import { exactTotal, type RowRules } from './row-rules.ts';

/** The columns of a transaction that stay text as it was delivered. */
export interface TransactionIdentity {
  readonly transaction_id: string;
  readonly customer_id: string;
  readonly product_id: string;
  /** `YYYY-MM-DD`. */
  readonly transaction_date: string;
}

/** A transaction that breaks no rule about a row: trimmed, in the listed spellings. Decimals are digits with two places. */
export interface ValidTransaction<Words extends PolicyWords = PolicyWords> extends TransactionIdentity {
  /** From 1 to 2147483647. */
  readonly quantity: number;
  readonly price: string;
  readonly payment_type: Words['paymentType'];
  readonly status: Words['status'];
  /** Place of the status in the policy's list, from 1. */
  readonly status_rank: number;
  /** Quantity x price, exact. */
  readonly total_amount: string;
  readonly amount_class: Words['amountClass'];
}

/** What `rules` read of a row last, where they found no fault in it, with the texts of that row. */
export function toValidTransaction(rules: RowRules, policy: Policy, identity: TransactionIdentity): ValidTransaction {
  return {
    transaction_id: trimBlanks(identity.transaction_id),
    customer_id: trimBlanks(identity.customer_id),
    product_id: trimBlanks(identity.product_id),
    quantity: rules.quantity,
    price: formatHundredths(BigInt(rules.price)),
    transaction_date: trimBlanks(identity.transaction_date),
    payment_type: policy.paymentTypes[rules.paymentType]!,
    status: policy.statuses[rules.status]!,
    status_rank: rules.status + 1,
    total_amount: formatHundredths(exactTotal(rules.quantity, rules.price)),
    amount_class: policy.amountClasses[rules.amountClass]!.name,
  };
}

function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}
