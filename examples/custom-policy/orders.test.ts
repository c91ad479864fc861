import { expect, test } from '@jest/globals';
import type { SourcedFact } from '@weir/core';
import { orders, pickCarrier } from './orders.ts';

const ORDER = {
  transaction_id: 'O-1',
  customer_id: 'C-1',
  product_id: 'P-1',
  quantity: 3,
  price: '6.50',
  transaction_date: '2023-03-15',
  payment_type: 'INVOICE',
  status: 'placed',
};

test('picks a carrier by the class of the amount', () => {
  expect(pickCarrier(ORDER)).toBe('post');
  expect(pickCarrier({ ...ORDER, quantity: 30 })).toBe('courier');
  expect(pickCarrier({ ...ORDER, quantity: 300 })).toBe('haulier');
});

test('knows the words of its own policy only', () => {
  expect(pickCarrier({ ...ORDER, status: 'Draft' })).toBeUndefined();
  expect(orders.validate({ ...ORDER, payment_type: 'PayPal', status: 'Refunded' })).toMatchObject({
    faults: [{ code: 'payment-type-unknown' }, { code: 'status-unknown' }],
  });
});

test('keeps an order closed, whatever comes later', () => {
  const validation = orders.validate(ORDER);
  if (validation.kind !== 'valid') throw new Error('The order is meant to be valid.');
  const placed: SourcedFact = {
    ...validation.transaction,
    product_name: '',
    category: '',
    supplier_id: '',
    list_price: '0.00',
    membership_level: '',
    source_key: 'orders',
    source_day: '2023-03-15',
    source_modified: 0,
    source_line: 1,
  };
  const closed = { ...placed, status: 'Closed', status_rank: 5 };
  expect(orders.decide(closed, { ...placed, transaction_date: '2023-04-01' })).toMatchObject({
    verdict: 'stale',
    decidedBy: 'terminal',
  });
});
