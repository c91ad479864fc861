import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../support/dimensions.ts';
import { cutEvery } from '../support/read-csv.ts';
import { judgeRow } from '../support/row-model.ts';
import { DEFAULT_POLICY, runRowPath } from '../support/run-row-path.ts';
import { transactionRow } from '../support/transaction-rows.ts';
import { countLineBreaks, writeRecord, writingStyle } from '../support/write-csv.ts';

let products: DimensionIndex;
let customers: DimensionIndex;
beforeAll(async () => {
  products = await indexOf(PRODUCTS);
  customers = await indexOf(CUSTOMERS);
});

const HEADER = `${TRANSACTION_COLUMNS.join(',')}\n`;
const GOOD = 'T-1,C-1,P-1,2,19.99,2023-03-15,PayPal,Completed';

describe('the row path', () => {
  test('stages a row with all its columns', () => {
    const { rows, rejects, path } = runRowPath([`${HEADER}\n T-1 ,C-1,P-2,+02,19.9,2023-03-15,paypal,REFUNDED\n`], {
      products,
      customers,
      fileNo: 7,
    });
    expect(rejects).toEqual([]);
    expect(rows).toEqual([
      {
        file_no: 7,
        source_line: 3,
        transaction_id: 'T-1',
        customer_id: 'C-1',
        product_id: 'P-2',
        quantity: 2,
        price: '19.90',
        transaction_date: '2023-03-15',
        payment_type: 'PayPal',
        status: 'Refunded',
        status_rank: 5,
        total_amount: '39.80',
        amount_class: 'Small',
        product_name: 'Tab\tand\\back\r\nslash',
        category: 'Odd, "things"',
        supplier_id: '',
        list_price: '0.00',
        membership_level: 'Gold',
      },
    ]);
    expect(path.tally()).toMatchObject({ read: 1, rejected: 0, blankLines: 1 });
    expect(path.header).toMatchObject({ ignored: [], text: HEADER.trimEnd() });
  });

  test('does to any rows what the rules say, however they are written, cut and batched', () => {
    const columns = fc.shuffledSubarray(['note', 'x', ...TRANSACTION_COLUMNS], { minLength: 10, maxLength: 10 });
    const options = fc.record({
      fileDay: fc.constantFrom('2023-03-15', '2024-02-28', undefined),
      batchSize: fc.constantFrom(1, 2, 7, 1024),
      chunk: fc.constantFrom(1, 3, 50, 100_000),
      fileNo: fc.integer({ min: 1, max: 100_000 }),
    });
    let good = 0;
    let bad = 0;
    fc.assert(
      fc.property(
        columns,
        fc.array(transactionRow, { minLength: 1, maxLength: 12 }),
        fc.array(writingStyle, { minLength: 1, maxLength: 4 }),
        options,
        (names, given, styles, { fileDay, batchSize, chunk, fileNo }) => {
          let text = `${names.join(',')}\n`;
          let line = 2;
          const expectedRows: unknown[] = [];
          const expectedRejects: unknown[] = [];
          given.forEach((row, i) => {
            const style = styles[i % styles.length]!;
            const values = { ...row, note: 'a "note"\nof\r\nours', x: 'ü' };
            const record = writeRecord(
              names.map((name) => values[name as keyof typeof values]),
              style,
            );
            const { faults, row: judged } = judgeRow(row, {
              policy: DEFAULT_POLICY,
              fileDay,
              products: PRODUCTS,
              customers: CUSTOMERS,
            });
            if (judged !== undefined) {
              const [product_name, category, supplier_id, list_price] = PRODUCTS.get(judged.product_id)!;
              const [membership_level] = CUSTOMERS.get(judged.customer_id)!;
              const enriched = { product_name, category, supplier_id, list_price, membership_level };
              expectedRows.push({ file_no: fileNo, source_line: line, ...judged, ...enriched });
            } else {
              const reject = { file_no: fileNo, source_line: line, raw_record: record, raw_encoding: 'text' };
              expectedRejects.push({ ...reject, raw_truncated: 0, faults });
            }
            text += record + style.end;
            line += 1 + countLineBreaks(record);
          });
          const result = runRowPath(cutEvery(Buffer.from(text), chunk), {
            products,
            customers,
            fileDay,
            batchSize,
            fileNo,
          });
          expect(result.rows).toEqual(expectedRows);
          expect(
            result.rejects.map((reject) => ({ ...reject, faults: reject.faults.map(({ code }) => code) })),
          ).toEqual(expectedRejects);
          expect(result.path.read).toBe(given.length);
          expect(result.path.tally().rejected).toBe(expectedRejects.length);
          good += expectedRows.length;
          bad += expectedRejects.length;
        },
      ),
      { numRuns: 300 },
    );
    // Else the generator would have lost its way, and the test its meaning.
    expect(good).toBeGreaterThan(300);
    expect(bad).toBeGreaterThan(300);
  });

  test('stages the same bytes whatever the batches and the chunks', () => {
    const body = `${GOOD}\n\n"T-2",C-1,P-1,0,x,2023-03-15,Cash,?\nT-3,"C-1\n`.repeat(300);
    const bytes = Buffer.from(HEADER + body);
    const whole = runRowPath([bytes], { products, customers });
    expect(whole.path.tally()).toMatchObject({ read: 900, rejected: 600, blankLines: 300 });
    for (const batchSize of [1, 2, 7, 1024, 100_000]) {
      for (const size of [1, 997, bytes.length]) {
        const result = runRowPath(cutEvery(bytes, size), { products, customers, batchSize });
        expect(result.rowBytes.equals(whole.rowBytes)).toBe(true);
        expect(result.rejectBytes.equals(whole.rejectBytes)).toBe(true);
      }
    }
  });

  test('hands out whole lines only, in every block', () => {
    const { rows } = runRowPath(cutEvery(Buffer.from(HEADER + `${GOOD}\n`.repeat(5000)), 1000), {
      products,
      customers,
    });
    expect(rows).toHaveLength(5000);
    expect(rows.map((row) => row.source_line)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 2));
  });

  test('takes the longest values of all columns at once, every byte escaped', async () => {
    const id = '\t\\'.repeat(32);
    const policy = {
      ...DEFAULT_POLICY,
      paymentTypes: ['\\'.repeat(32)],
      statuses: ['日'.repeat(32)],
      amountClasses: [{ name: '\\'.repeat(32) }],
    };
    const odd = await indexOf(new Map([[id, ['n'.repeat(5000), 'c', 's', '1.00']]]));
    const oddCustomers = await indexOf(new Map([[id, ['m'.repeat(5000)]]]));
    const row = writeRecord(
      [id, id, id, '2147483647', '0.01', '2023-03-15', policy.paymentTypes[0]!, policy.statuses[0]!],
      { quotes: [true], blanks: [''], end: '\n' },
    );
    // Tabs at the ends would be trimmed; the ids start and end with what is not blank.
    const wanted = id.slice(1);
    const exact = await indexOf(new Map([[wanted, ['n'.repeat(5000), 'c', 's', '1.00']]]));
    const exactCustomers = await indexOf(new Map([[wanted, ['m'.repeat(5000)]]]));
    expect(runRowPath([HEADER + row], { products: odd, customers: oddCustomers, policy }).rejects).toHaveLength(1);
    const { rows } = runRowPath([HEADER + `${row}\n`.repeat(200)], {
      products: exact,
      customers: exactCustomers,
      policy,
    });
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map((staged) => JSON.stringify({ ...staged, source_line: 0 }))).size).toBe(1);
    expect(rows[0]).toMatchObject({
      transaction_id: wanted,
      product_name: 'n'.repeat(5000),
      total_amount: '21474836.47',
    });
  });

  test('joins a row against its own dimensions, not against those of the row before', () => {
    const { rows } = runRowPath([`${HEADER}${GOOD}\n${GOOD.replace('P-1', 'P-empty').replace('C-1', 'C-2')}\n`], {
      products,
      customers,
    });
    expect(rows).toMatchObject([
      { product_name: 'Kettle', membership_level: 'Gold' },
      { product_name: '', list_price: '0.10', membership_level: '' },
    ]);
  });
});

describe('a product or customer is unknown', () => {
  const codes = (row: string) =>
    runRowPath([`${HEADER}${row}\n`], { products, customers }).rejects.flatMap(({ faults }) =>
      faults.map(({ code }) => code),
    );

  test.each([
    ['T,C-9,P-1', ['customer-unknown']],
    ['T,C-1,P-9', ['product-unknown']],
    ['T,C-9,P-9', ['product-unknown', 'customer-unknown']],
    ['T,c-1,p-1', ['product-unknown', 'customer-unknown']],
    ['T,,P-9', ['customer-id-blank', 'product-unknown']],
    ['T,C-9,', ['product-id-blank', 'customer-unknown']],
    ['T,,', ['customer-id-blank', 'product-id-blank']],
    [',C-9,P-9', ['transaction-id-blank', 'product-unknown', 'customer-unknown']],
    [
      `T,${'c'.repeat(65)},${'p'.repeat(65)}`,
      ['customer-id-too-long', 'product-id-too-long', 'product-unknown', 'customer-unknown'],
    ],
    [
      `T,${'c'.repeat(300)},${'p'.repeat(300)}`,
      ['customer-id-too-long', 'product-id-too-long', 'product-unknown', 'customer-unknown'],
    ],
    ['T,C-1,P-1', []],
  ])('where its id is not blank and not in its dimension: %s', (ids, expected) => {
    expect(codes(`${ids},2,19.99,2023-03-15,PayPal,Completed`)).toEqual(expected);
  });

  test('is told beside all other faults, last', () => {
    expect(codes('T,C-9,P-9,x,x,x,x,x')).toEqual([
      'quantity-not-an-integer',
      'price-not-a-decimal',
      'date-not-a-date',
      'payment-type-unknown',
      'status-unknown',
      'product-unknown',
      'customer-unknown',
    ]);
  });

  test('is not looked for in a record with a fault of its own', () => {
    expect(codes('T,C-9,P-9')).toEqual(['row-field-count']);
    expect(codes('T,C-9,P-9,x,x,x,x,"x')).toEqual(['row-quoting']);
    expect(codes('T,C-9,P-9,x,x,x,x,\0')).toEqual(['row-encoding']);
    expect(codes(`T,C-9,P-9,x,x,x,x,${'x'.repeat(1024 * 1024)}`)).toEqual(['row-too-long']);
  });
});
