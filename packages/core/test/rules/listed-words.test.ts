import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { transactionSchema } from '../../src/rules/transaction-schema.ts';
import { buildRow } from '../support/build-row.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

const schema = transactionSchema(parsePolicy());

describe('a payment type', () => {
  test.each([
    ['Credit Card', 'Credit Card'],
    ['credit card', 'Credit Card'],
    ['CREDIT CARD', 'Credit Card'],
    ['cReDiT   cArD', 'Credit Card'],
    [' \tCredit Card\t ', 'Credit Card'],
    ['paypal', 'PayPal'],
    ['PAYPAL', 'PayPal'],
    ['Debit Card', 'Debit Card'],
    ['bank  transfer', 'Bank Transfer'],
    ['Gift Card', 'Gift Card'],
    ['cash', 'Cash'],
  ])('%j is stored as %s', (text, stored) => {
    expect(schema.parse(buildRow({ payment_type: text })).payment_type).toBe(stored);
  });

  test.each([
    '',
    ' ',
    'CreditCard',
    'Credit-Card',
    'Credit\tCard',
    'Credit\u00a0Card',
    'Credit\nCard',
    'Cash Cash',
    'Cas',
    'Cashh',
    'Bitcoin',
    '\u00a0Cash',
    'Cash\n',
    '\ufeffCash',
    'Cash\u2003',
  ])('%j is payment-type-unknown', (text) => {
    expect(faultsOfRow({ payment_type: text })).toEqual(['payment-type-unknown']);
  });

  test('is taken from the list of the policy, not from the default', () => {
    const policy = { paymentTypes: ['Klarna  Pay', 'Überweisung'] };
    expect(faultsOfRow({ payment_type: 'klarna pay' }, { policy })).toEqual([]);
    expect(faultsOfRow({ payment_type: 'ÜBERWEISUNG' }, { policy })).toEqual([]);
    expect(faultsOfRow({ payment_type: 'Cash' }, { policy })).toEqual(['payment-type-unknown']);
  });
});

describe('a status', () => {
  test.each([
    ['Pending', 'Pending', 1],
    ['failed', 'Failed', 2],
    ['COMPLETED', 'Completed', 3],
    ['cancelled', 'Cancelled', 4],
    ['  Refunded\t', 'Refunded', 5],
  ])('%j is stored as %s with rank %i', (text, status, status_rank) => {
    expect(schema.parse(buildRow({ status: text }))).toMatchObject({ status, status_rank });
  });

  test.each(['', 'Canceled', 'Done', 'Comp leted', 'Completed.', '\u00a0Pending', '\ufeffPending', 'Pending\r\n'])(
    '%j is status-unknown',
    (text) => {
      expect(faultsOfRow({ status: text })).toEqual(['status-unknown']);
    },
  );

  test('is ranked by its place in the list of the policy', () => {
    const own = transactionSchema(parsePolicy({ statuses: ['Back  Ordered', 'Done', 'Pending'] }));
    expect(own.parse(buildRow({ status: 'pending' })).status_rank).toBe(3);
    expect(own.parse(buildRow({ status: 'back ordered' }))).toMatchObject({ status: 'Back  Ordered', status_rank: 1 });
  });
});
