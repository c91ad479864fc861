import type { TransactionText } from '../../src/rules/check-transaction.ts';

/** A transaction in words as a file holds it, valid under the default policy. */
export function buildRow(values: Partial<TransactionText> = {}): TransactionText {
  return {
    transaction_id: 'T-1',
    customer_id: 'C-1',
    product_id: 'P-1',
    quantity: '2',
    price: '19.99',
    transaction_date: '2023-03-15',
    payment_type: 'PayPal',
    status: 'Completed',
    ...values,
  };
}
