import { describe, expect, test } from '@jest/globals';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import { buildRow } from '../support/build-row.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

describe.each([
  ['transaction_id', 'transaction-id'],
  ['customer_id', 'customer-id'],
  ['product_id', 'product-id'],
] as const)('the %s', (column, code) => {
  test.each([
    ['64 bytes', 'x'.repeat(64)],
    ['32 characters of 2 bytes', 'é'.repeat(32)],
    ['16 characters of 4 bytes', '😀'.repeat(16)],
    ['one byte', '0'],
    ['64 bytes between blanks', ` \t${'x'.repeat(64)}\t `],
    ['a no-break space, which is not blank', '\u00a0'],
    ['inner blanks', 'a \t b'],
  ])('may be %s', (_, id) => {
    expect(faultsOfRow({ [column]: id })).toEqual([]);
  });

  test.each([
    ['65 bytes', 'x'.repeat(65)],
    ['33 characters of 2 bytes', 'é'.repeat(33)],
    ['63 bytes and one character of 2', `${'x'.repeat(63)}é`],
    ['17 characters of 4 bytes', '😀'.repeat(17)],
    ['a hundred thousand bytes', 'x'.repeat(100_000)],
    ['65 bytes with blanks inside', `x${' '.repeat(63)}x`],
  ])('must not be %s', (_, id) => {
    expect(faultsOfRow({ [column]: id })).toEqual([`${code}-too-long`]);
  });

  test.each([[''], [' '], ['\t'], [' \t \t ']])('must not be blank: %j', (id) => {
    expect(faultsOfRow({ [column]: id })).toEqual([`${code}-blank`]);
  });

  test('is blank also where the value behind it begins with blanks', () => {
    const blanks = Object.fromEntries(TRANSACTION_COLUMNS.map((name) => [name, `  ${buildRow()[name]}`]));
    expect(faultsOfRow({ ...blanks, [column]: '  ' })).toEqual([`${code}-blank`]);
  });
});
