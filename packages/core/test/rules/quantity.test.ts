import { describe, expect, test } from '@jest/globals';
import { readQuantity } from '../../src/rules/read-quantity.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

describe('a quantity', () => {
  test.each([
    ['1', 1],
    ['2147483647', 2_147_483_647],
    ['2147483646', 2_147_483_646],
    ['+5', 5],
    ['007', 7],
    ['+0012', 12],
    [`${'0'.repeat(400)}9`, 9],
  ])('%s is taken', (text, value) => {
    expect(faultsOfRow({ quantity: text, price: '0' })).toEqual([]);
    expect(readQuantity(Buffer.from(text), 0, text.length)).toBe(value);
  });

  test('is read to its own end: a sign behind it is none of it', () => {
    const bytes = Buffer.from('+1');
    expect(readQuantity(bytes, 0, 0)).toBe(readQuantity(Buffer.from('x'), 0, 1));
    expect(faultsOfRow({ quantity: '', price: '+1' })).toEqual(['quantity-not-an-integer']);
    expect(faultsOfRow({ price: '', transaction_date: '-023-03-15' })).toEqual([
      'price-not-a-decimal',
      'date-not-a-date',
    ]);
  });

  test.each([[' 5'], ['5 '], ['\t5\t'], [' \t 5 \t ']])('is trimmed of blanks: %j', (text) => {
    expect(faultsOfRow({ quantity: text })).toEqual([]);
  });

  test.each([
    ['2147483648', 'quantity-too-large'],
    ['+2147483648', 'quantity-too-large'],
    ['9'.repeat(400), 'quantity-too-large'],
    ['9007199254740993', 'quantity-too-large'],
    ['0', 'quantity-not-positive'],
    ['+0', 'quantity-not-positive'],
    ['-0', 'quantity-not-positive'],
    ['000', 'quantity-not-positive'],
    ['-1', 'quantity-not-positive'],
    ['-2147483649', 'quantity-not-positive'],
    [`-${'9'.repeat(400)}`, 'quantity-not-positive'],
    ['', 'quantity-not-an-integer'],
    [' ', 'quantity-not-an-integer'],
    ['+', 'quantity-not-an-integer'],
    ['-', 'quantity-not-an-integer'],
    ['+-1', 'quantity-not-an-integer'],
    ['--1', 'quantity-not-an-integer'],
    ['1-', 'quantity-not-an-integer'],
    ['1e3', 'quantity-not-an-integer'],
    ['0x10', 'quantity-not-an-integer'],
    ['1.0', 'quantity-not-an-integer'],
    ['1.', 'quantity-not-an-integer'],
    ['1,000', 'quantity-not-an-integer'],
    ['1 000', 'quantity-not-an-integer'],
    ['- 1', 'quantity-not-an-integer'],
    ['1/', 'quantity-not-an-integer'],
    ['1:', 'quantity-not-an-integer'],
    ['\u0661', 'quantity-not-an-integer'],
    ['\u00a05', 'quantity-not-an-integer'],
    ['5\n', 'quantity-not-an-integer'],
    ['NaN', 'quantity-not-an-integer'],
    ['Infinity', 'quantity-not-an-integer'],
  ])('%j is %s and nothing else', (text, code) => {
    expect(faultsOfRow({ quantity: text })).toEqual([code]);
  });

  test('is read between its bounds only, whatever stands beside them', () => {
    const bytes = Buffer.from('9-12x');
    expect(readQuantity(bytes, 2, 4)).toBe(12);
  });
});
