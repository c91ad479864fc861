import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { transactionSchema } from '../../src/rules/transaction-schema.ts';
import { buildRow } from '../support/build-row.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';
import { money } from '../support/row-model.ts';

const schema = transactionSchema(parsePolicy());
const totalOf = (quantity: string, price: string) => schema.parse(buildRow({ quantity, price })).total_amount;

describe('the total amount', () => {
  test.each([
    ['1', '0', '0.00'],
    ['1', '0.01', '0.01'],
    ['3', '0.1', '0.30'],
    ['3', '1.15', '3.45'],
    ['2147483647', '0.01', '21474836.47'],
    ['1', '9999999999.99', '9999999999.99'],
    // 2^53 hundredths are 90071992547409.92: below it, and above it an odd number of hundredths.
    ['9007', '9999999999.99', '90069999999909.93'],
    ['9009', '9999999999.99', '90089999999909.91'],
    ['99999', '9999999999.99', '999989999999000.01'],
    ['999999', '9999999999.99', '9999989999990000.01'],
    ['1000000', '9999999999.99', '9999999999990000.00'],
    ['999999999', '9999999.99', '9999999980000000.01'],
    ['1000000000', '9999999.99', '9999999990000000.00'],
  ])('of %s x %s has every digit: %s', (quantity, price, total) => {
    expect(totalOf(quantity, price)).toBe(total);
  });

  test.each([
    ['1000000000', '10000000.00'],
    ['2000000000', '5000000.00'],
    ['1000001', '9999999999.99'],
    ['2147483647', '9999999999.99'],
  ])('of %s x %s is total-too-large and nothing else', (quantity, price) => {
    expect(faultsOfRow({ quantity, price })).toEqual(['total-too-large']);
  });

  test('is exact, or refused exactly from 10^16 on, for any quantity and price', () => {
    const quantities = fc.integer({ min: 1, max: 2_147_483_647 });
    const prices = fc.bigInt({ min: 0n, max: 999_999_999_999n });
    // Prices around the bound for the drawn quantity, where an inexact product would cross it.
    const nearBound = quantities.chain((quantity) => {
      const edge = 10n ** 18n / BigInt(quantity);
      const highest = edge < 999_999_999_990n ? edge : 999_999_999_990n;
      return fc.tuple(fc.constant(quantity), fc.bigInt({ min: highest > 3n ? highest - 3n : 0n, max: highest + 3n }));
    });
    fc.assert(
      fc.property(fc.oneof(fc.tuple(quantities, prices), nearBound), ([quantity, price]) => {
        const total = BigInt(quantity) * price;
        const row = { quantity: String(quantity), price: money(price) };
        if (total >= 10n ** 18n) expect(faultsOfRow(row)).toEqual(['total-too-large']);
        else expect(totalOf(row.quantity, row.price)).toBe(money(total));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ quantity: '0', price: '9999999999.99' }],
    [{ quantity: '2147483648', price: '9999999999.99' }],
    [{ quantity: 'x', price: '9999999999.99' }],
    [{ quantity: '2147483647', price: '10000000000' }],
    [{ quantity: '2147483647', price: '-9999999999.99' }],
    [{ quantity: '2147483647', price: '9999999999.999' }],
  ])('is not looked at where quantity or price has a fault: %j', (values) => {
    expect(faultsOfRow(values)).not.toContain('total-too-large');
    expect(faultsOfRow(values).length).toBeGreaterThan(0);
  });
});

describe('the amount class', () => {
  test.each([
    ['1', '0', 'Small'],
    ['1', '99.99', 'Small'],
    ['3', '33.33', 'Small'],
    ['1', '100.00', 'Medium'],
    ['4', '25', 'Medium'],
    ['1', '499.99', 'Medium'],
    ['1', '500.00', 'Large'],
    ['5', '100', 'Large'],
    ['1000000', '9999999999.99', 'Large'],
  ])('of %s x %s is %s', (quantity, price, amount_class) => {
    expect(schema.parse(buildRow({ quantity, price })).amount_class).toBe(amount_class);
  });

  test.each([
    ['1', '0.04', 'free'],
    ['1', '0.05', 'tiny'],
    ['1', '9999999999.99', 'tiny'],
    ['2', '5000000000', 'vast'],
  ])('of %s x %s is %s under bounds of 0.05 and 10000000000', (quantity, price, amount_class) => {
    const own = transactionSchema(
      parsePolicy({
        amountClasses: [{ name: 'free', below: '0.05' }, { name: 'tiny', below: '10000000000' }, { name: 'vast' }],
      }),
    );
    expect(own.parse(buildRow({ quantity, price }))).toMatchObject({ amount_class });
  });

  test('is the only one where the policy has one class', () => {
    const own = transactionSchema(parsePolicy({ amountClasses: [{ name: 'All' }] }));
    expect(own.parse(buildRow({ price: '0' })).amount_class).toBe('All');
    expect(own.parse(buildRow({ price: '9999999999' })).amount_class).toBe('All');
  });
});
