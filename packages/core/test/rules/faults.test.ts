import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FAULTS, faultBit, faultsOf } from '../../src/rules/faults.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

describe('the faults of a row', () => {
  test('are told all, in one order, whatever the order of the columns', () => {
    const codes = faultsOfRow(
      {
        transaction_id: '',
        customer_id: 'c'.repeat(65),
        product_id: ' ',
        quantity: '0',
        price: '-99999999999.999',
        transaction_date: '2023-03-17',
        payment_type: '?',
        status: '?',
      },
      { fileDay: '2023-03-15' },
    );
    expect(codes).toEqual([
      'transaction-id-blank',
      'customer-id-too-long',
      'product-id-blank',
      'quantity-not-positive',
      'price-negative',
      'price-too-many-decimals',
      'price-too-large',
      'date-after-file-day',
      'payment-type-unknown',
      'status-unknown',
    ]);
  });

  test('have the public codes, columns and texts', () => {
    expect(FAULTS.map(({ code, column, message }) => `${code} | ${column} | ${message}`)).toMatchSnapshot();
  });

  test('are told apart by a bit each, for every set of them', () => {
    const sets = fc.uniqueArray(fc.constantFrom(...FAULTS.map(({ code }) => code)));
    fc.assert(
      fc.property(sets, (codes) => {
        const mask = codes.reduce((bits, code) => bits | faultBit(code), 0);
        expect(mask).toBeGreaterThanOrEqual(0);
        expect(faultsOf(mask).map(({ code }) => code)).toEqual(
          FAULTS.map(({ code }) => code).filter((code) => codes.includes(code)),
        );
      }),
    );
  });
});

describe('a row given as text', () => {
  test.each([
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', 'a\ud83d'],
    ['the other half', '\ude00b'],
  ])('that holds %s is row-encoding, and no other fault is looked for', (_, text) => {
    expect(faultsOfRow({ status: text, quantity: '0', price: 'x' })).toEqual(['row-encoding']);
  });
});
