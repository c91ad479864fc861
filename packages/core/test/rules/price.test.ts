import { describe, expect, test } from '@jest/globals';
import { readPrice, readPriceOf } from '../../src/rules/read-price.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

describe('a price', () => {
  test.each([
    ['0', 0],
    ['0.0', 0],
    ['0.00', 0],
    ['-0', 0],
    ['-0.00', 0],
    ['+0.1', 10],
    ['0.1', 10],
    ['0.01', 1],
    ['1.10', 110],
    ['+5', 500],
    ['007.5', 750],
    ['9999999999', 999_999_999_900],
    ['9999999999.99', 999_999_999_999],
    [`${'0'.repeat(300)}9999999999.99`, 999_999_999_999],
  ])('%s is taken, in hundredths', (text, hundredths) => {
    expect(faultsOfRow({ price: text, quantity: '1' })).toEqual([]);
    const value = readPrice(Buffer.from(text), 0, text.length);
    // A negative zero would be written and compared like one; it must not come out.
    expect(Object.is(value, hundredths)).toBe(true);
  });

  test.each([
    ['', ['price-not-a-decimal']],
    [' ', ['price-not-a-decimal']],
    ['.', ['price-not-a-decimal']],
    ['+', ['price-not-a-decimal']],
    ['-', ['price-not-a-decimal']],
    ['.5', ['price-not-a-decimal']],
    ['-.5', ['price-not-a-decimal']],
    ['5.', ['price-not-a-decimal']],
    ['1..2', ['price-not-a-decimal']],
    ['1.2.3', ['price-not-a-decimal']],
    ['1.2-', ['price-not-a-decimal']],
    ['1.-2', ['price-not-a-decimal']],
    ['--1', ['price-not-a-decimal']],
    ['1,000', ['price-not-a-decimal']],
    ['1,5', ['price-not-a-decimal']],
    ['$5', ['price-not-a-decimal']],
    ['5 EUR', ['price-not-a-decimal']],
    ['1e3', ['price-not-a-decimal']],
    ['1 000', ['price-not-a-decimal']],
    ['- 1', ['price-not-a-decimal']],
    ['1.99/', ['price-not-a-decimal']],
    ['1.99:', ['price-not-a-decimal']],
    ['\u00a01', ['price-not-a-decimal']],
    ['\u0661', ['price-not-a-decimal']],
    ['NaN', ['price-not-a-decimal']],
    ['1.999x', ['price-not-a-decimal']],
    ['99999999999x', ['price-not-a-decimal']],
    ['-0.01', ['price-negative']],
    ['-1', ['price-negative']],
    ['-9999999999.99', ['price-negative']],
    ['1.999', ['price-too-many-decimals']],
    ['1.990', ['price-too-many-decimals']],
    ['0.000', ['price-too-many-decimals']],
    ['-0.000', ['price-too-many-decimals']],
    [`1.${'9'.repeat(400)}`, ['price-too-many-decimals']],
    ['10000000000', ['price-too-large']],
    ['10000000000.00', ['price-too-large']],
    ['9'.repeat(400), ['price-too-large']],
    ['-0.001', ['price-negative', 'price-too-many-decimals']],
    ['-10000000000', ['price-negative', 'price-too-large']],
    ['10000000000.001', ['price-too-many-decimals', 'price-too-large']],
    ['-10000000000.001', ['price-negative', 'price-too-many-decimals', 'price-too-large']],
    [`-${'9'.repeat(400)}.${'9'.repeat(400)}`, ['price-negative', 'price-too-many-decimals', 'price-too-large']],
  ])('%j breaks %j and nothing else', (text, codes) => {
    expect(faultsOfRow({ price: text })).toEqual(codes);
  });

  test.each([
    ['0', 0],
    ['+1.5', 150],
    ['', undefined],
    ['-0.01', undefined],
    ['1.999', undefined],
  ])('of the text %j is %p hundredths', (text, hundredths) => {
    expect(readPriceOf(text)).toBe(hundredths);
  });
});
