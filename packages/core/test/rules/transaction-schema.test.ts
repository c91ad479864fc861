import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TransactionText } from '../../src/rules/check-transaction.ts';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import { transactionSchema } from '../../src/rules/transaction-schema.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { buildRow } from '../support/build-row.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../support/dimensions.ts';
import { judgeRow } from '../support/row-model.ts';
import { DEFAULT_POLICY, runRowPath } from '../support/run-row-path.ts';
import { oddTransactionRow, transactionRow } from '../support/transaction-rows.ts';
import { writeRecord } from '../support/write-csv.ts';

let products: DimensionIndex;
let customers: DimensionIndex;
beforeAll(async () => {
  products = await indexOf(PRODUCTS);
  customers = await indexOf(CUSTOMERS);
});

const schema = transactionSchema(DEFAULT_POLICY);

function codesOf(result: ReturnType<typeof schema.safeParse>): unknown[] {
  return (result.error?.issues ?? []).map((issue) => (issue as { params?: { code?: string } }).params?.code);
}

describe('the zod schema of a transaction', () => {
  test('gives the normalised and enriched transaction, typed', () => {
    const transaction = schema.parse(
      buildRow({
        transaction_id: ' \t T-1\t \t',
        transaction_date: '\t\t2023-03-15  ',
        price: '+05.5',
        status: 'REFUNDED',
        payment_type: 'gift  card',
      }),
    );
    // Compiles only where the types are these.
    const typed: { quantity: number; price: string; total_amount: string; status_rank: number; amount_class: string } =
      transaction;
    expect(typed).toEqual({
      transaction_id: 'T-1',
      customer_id: 'C-1',
      product_id: 'P-1',
      quantity: 2,
      price: '5.50',
      transaction_date: '2023-03-15',
      payment_type: 'Gift Card',
      status: 'Refunded',
      status_rank: 5,
      total_amount: '11.00',
      amount_class: 'Small',
    });
  });

  test('has the verdict and the codes of the row path, dimensions apart, and of the naive model, for any row', () => {
    const rows = fc.oneof(transactionRow, oddTransactionRow);
    fc.assert(
      fc.property(rows, fc.constantFrom('2023-03-15', undefined), (row, fileDay) => {
        const result = transactionSchema(DEFAULT_POLICY, { fileDay }).safeParse(row);
        const model = judgeRow(row, { policy: DEFAULT_POLICY, fileDay });
        expect(codesOf(result)).toEqual(model.faults);
        expect(result.data).toEqual(model.row);

        const record = writeRecord(
          TRANSACTION_COLUMNS.map((column) => row[column]),
          { quotes: [true], blanks: [''], end: '\n' },
        );
        const read = runRowPath([`${TRANSACTION_COLUMNS.join(',')}\n${record}`], { products, customers, fileDay });
        const codes = read.rejects.flatMap(({ faults }) => faults.map(({ code }) => code));
        expect(codes.filter((code) => code !== 'product-unknown' && code !== 'customer-unknown')).toEqual(model.faults);
        if (read.rows.length > 0) expect(read.rows[0]).toMatchObject({ ...result.data });
      }),
      { numRuns: 600 },
    );
  });

  test('tells all faults at once, each with its code, its column and its text', () => {
    const result = schema.safeParse(buildRow({ customer_id: '', price: '-1.999', status: 'x' }));
    expect(result.error?.issues).toMatchObject([
      {
        code: 'custom',
        path: ['customer_id'],
        params: { code: 'customer-id-blank' },
        message: 'the customer id is empty',
      },
      { path: ['price'], params: { code: 'price-negative' } },
      { path: ['price'], params: { code: 'price-too-many-decimals' } },
      { path: ['status'], params: { code: 'status-unknown' } },
    ]);
  });

  test('tells a fault that is about no column of the input without a path', () => {
    const tooLarge = schema.safeParse(buildRow({ quantity: '2147483647', price: '9999999999.99' }));
    expect(tooLarge.error?.issues).toMatchObject([{ path: [], params: { code: 'total-too-large' } }]);
    const notText = schema.safeParse(buildRow({ customer_id: '\0' }));
    expect(notText.error?.issues).toMatchObject([{ path: [], params: { code: 'row-encoding' } }]);
  });

  test('takes numbers as their digits', () => {
    expect(schema.parse({ ...buildRow(), quantity: 3, price: 0.1 })).toMatchObject({
      quantity: 3,
      total_amount: '0.30',
    });
    expect(codesOf(schema.safeParse({ ...buildRow(), quantity: 1.5, price: 1e21 }))).toEqual([
      'quantity-not-an-integer',
      'price-not-a-decimal',
    ]);
    expect(codesOf(schema.safeParse({ ...buildRow(), price: 0.1 + 0.2 }))).toEqual(['price-too-many-decimals']);
  });

  test('takes what is missing, null or undefined as blank', () => {
    const all = [
      'transaction-id-blank',
      'customer-id-blank',
      'product-id-blank',
      'quantity-not-an-integer',
      'price-not-a-decimal',
      'date-not-a-date',
      'payment-type-unknown',
      'status-unknown',
    ];
    expect(codesOf(schema.safeParse({}))).toEqual(all);
    const nulls = Object.fromEntries(TRANSACTION_COLUMNS.map((column, i) => [column, i % 2 === 0 ? null : undefined]));
    expect(codesOf(schema.safeParse(nulls))).toEqual(all);
  });

  test.each([
    [null],
    [undefined],
    ['T-1'],
    [5],
    [[]],
    [{ ...buildRow(), quantity: true }],
    [{ ...buildRow(), price: {} }],
    [{ ...buildRow(), price: Number.NaN }],
  ])('refuses what is no transaction at all: %j', (input) => {
    expect(schema.safeParse(input).success).toBe(false);
  });

  test('leaves out what it does not know', () => {
    expect(schema.parse({ ...buildRow(), email: 'x@example.com' })).not.toHaveProperty('email');
  });

  test('may be used for many rows, each judged by itself', () => {
    const good: TransactionText = buildRow();
    expect(schema.safeParse(buildRow({ quantity: '0' })).success).toBe(false);
    expect(schema.parse(good)).toMatchObject({ quantity: 2, total_amount: '39.98' });
    expect(schema.array().parse([good, buildRow({ quantity: '1' })])).toMatchObject([{ quantity: 2 }, { quantity: 1 }]);
  });
});
