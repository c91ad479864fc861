import { describe, expect, test } from '@jest/globals';
import { createRules, PolicyError, parsePolicy, type SourcedFact } from '../../src/index.ts';
import { buildRow } from '../support/build-row.ts';

const rules = createRules();
const PRODUCT = { product_name: 'Kettle', category: 'Kitchen', supplier_id: 'S-1', price: '21.5' };
const CUSTOMER = { membership_level: 'Gold' };
const SOURCE = { source_key: 'a.csv', source_day: '2023-03-15', source_modified: 1_000, source_line: 2 };

function buildValid() {
  const validation = rules.validate(buildRow());
  if (validation.kind !== 'valid') throw new Error('The row is meant to be valid.');
  return validation.transaction;
}

function buildFact(values: Partial<SourcedFact> = {}): SourcedFact {
  const enrichment = rules.enrich(buildValid(), { product: PRODUCT, customer: CUSTOMER });
  if (enrichment.kind !== 'enriched') throw new Error('The row is meant to be known.');
  return { ...enrichment.transaction, ...SOURCE, ...values };
}

function validate(values: object, options = {}) {
  const validation = rules.validate({ ...buildRow(), ...values }, options);
  return validation.kind === 'rejected' ? validation.faults.map(({ code }) => code) : validation.kind;
}

describe('validate', () => {
  test('gives the transaction in the listed spellings, with its total and class', () => {
    expect(rules.validate({ ...buildRow(), quantity: 30, price: ' 5.5', status: 'REFUNDED' })).toEqual({
      kind: 'valid',
      transaction: {
        ...buildRow(),
        quantity: 30,
        price: '5.50',
        status: 'Refunded',
        status_rank: 5,
        total_amount: '165.00',
        amount_class: 'Medium',
      },
    });
  });

  test('tells all faults at once, each with its code, its column and its text', () => {
    expect(rules.validate(buildRow({ customer_id: '', price: '-1.999' }))).toEqual({
      kind: 'rejected',
      faults: [
        { code: 'customer-id-blank', column: 'customer_id', message: 'the customer id is empty' },
        { code: 'price-negative', column: 'price', message: 'the price is below 0' },
        {
          code: 'price-too-many-decimals',
          column: 'price',
          message: 'the price has more than 2 digits after the point',
        },
      ],
    });
  });

  test('holds the date against the day of the file where there is one', () => {
    expect(validate({ transaction_date: '2023-03-17' })).toBe('valid');
    expect(validate({ transaction_date: '2023-03-17' }, { fileDay: '2023-03-15' })).toEqual(['date-after-file-day']);
    expect(validate({ transaction_date: '2023-03-16' }, { fileDay: '2023-03-15' })).toBe('valid');
  });

  test.each([['2023-3-15'], ['2023-02-29'], ['']])('refuses %j for the day of a file', (fileDay) => {
    expect(() => rules.validate(buildRow(), { fileDay })).toThrow(RangeError);
    expect(() => rules.validateCsv(new Uint8Array(0), { fileDay })).toThrow(RangeError);
  });

  test.each([
    [null, ''],
    ['T-1', ''],
    [[], ''],
    [{ ...buildRow(), quantity: true }, 'quantity'],
    [{ ...buildRow(), price: Number.NaN }, 'price'],
    [{ ...buildRow(), status: { $ne: '' } }, 'status'],
  ])('calls malformed what is no transaction at all: %j', (input, column) => {
    const validation = rules.validate(input);
    expect(validation).toMatchObject({ kind: 'malformed', problems: [{ column }] });
  });

  test('judges each row by itself', () => {
    expect([validate({}), validate({ quantity: 0 }), validate({})]).toEqual([
      'valid',
      ['quantity-not-positive'],
      'valid',
    ]);
  });
});

describe('validateCsv', () => {
  const header = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
  const good = Object.values(buildRow()).join(',');
  const encode = (text: string) => new TextEncoder().encode(text);

  test('judges row by row, and tells the line of each', () => {
    const csv = encode(`${header}\n${good}\n\nT-2,C-1\n${good.replace('2', 'two')}\n`);
    const rows = [...rules.validateCsv(csv)];
    expect(rows.map(({ kind }) => kind)).toEqual(['valid', 'rejected', 'rejected']);
    expect(rows.map((row) => (row.kind === 'refused' ? 0 : row.line))).toEqual([2, 4, 5]);
    expect(rows[0]).toEqual({ line: 2, ...rules.validate(buildRow()) });
    expect(rows[1]).toMatchObject({ faults: [{ code: 'row-field-count' }], record: encode('T-2,C-1') });
    expect(rows[2]).toMatchObject({ faults: [{ code: 'quantity-not-an-integer' }] });
  });

  test('refuses a file that is none of transactions, and reads no row of it', () => {
    expect([...rules.validateCsv(encode(`a,b\n${good}\n`))]).toMatchObject([
      { kind: 'refused', code: 'header-missing-column', message: expect.stringContaining('transaction_id') },
    ]);
    expect([...rules.validateCsv(Uint8Array.of(0xff, 0xfe, 10))]).toMatchObject([
      { kind: 'refused', code: 'file-not-text' },
    ]);
  });

  test.each([[''], [header], [`${header}\n\n`]])('finds no row in %j', (text) => {
    expect([...rules.validateCsv(encode(text))]).toEqual([]);
  });

  test('holds dates against the day of the file', () => {
    const csv = encode(`${header}\n${good}\n`);
    expect([...rules.validateCsv(csv, { fileDay: '2023-03-13' })]).toMatchObject([
      { faults: [{ code: 'date-after-file-day' }] },
    ]);
  });

  test('reads a stream as it reads the whole, however it is cut', async () => {
    const csv = encode(`${header}\n${good}\nT-2,"é\n",P,1,1,2023-01-01,Cash,Failed\n"\n${good}`);
    async function* chunks(size: number) {
      for (let at = 0; at < csv.length; at += size) yield csv.subarray(at, at + size);
    }
    for (const size of [1, 7, csv.length]) {
      const rows = [];
      for await (const row of rules.validateCsvStream(chunks(size))) rows.push(row);
      expect(rows).toEqual([...rules.validateCsv(csv)]);
    }
  });

  test('reads no further than rows are asked for', async () => {
    let asked = 0;
    async function* chunks() {
      for (const text of [`${header}\n`, `${good}\n`, `${good}\n`, `${good}\n`]) {
        asked++;
        yield encode(text);
      }
    }
    for await (const row of rules.validateCsvStream(chunks())) {
      expect(row.kind).toBe('valid');
      break;
    }
    expect(asked).toBeLessThan(4);
  });

  test('throws what the stream throws', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield encode(header);
      throw new Error('cut off');
    };
    await expect(rules.validateCsvStream(broken()).next()).rejects.toThrow('cut off');
  });
});

describe('enrich', () => {
  test('takes name, category, supplier, list price and level from the dimensions, and nothing else', () => {
    const withSecret = { ...CUSTOMER, email: 'a@example.com' };
    expect(rules.enrich(buildValid(), { product: PRODUCT, customer: withSecret })).toEqual({
      kind: 'enriched',
      transaction: {
        ...buildValid(),
        product_name: 'Kettle',
        category: 'Kitchen',
        supplier_id: 'S-1',
        list_price: '21.50',
        membership_level: 'Gold',
      },
    });
  });

  test.each([
    [undefined, CUSTOMER, ['product-unknown']],
    [PRODUCT, undefined, ['customer-unknown']],
    [undefined, undefined, ['product-unknown', 'customer-unknown']],
  ])('rejects a transaction of a product or customer that nobody knows', (product, customer, codes) => {
    expect(rules.enrich(buildValid(), { product, customer })).toMatchObject({
      kind: 'rejected',
      faults: codes.map((code) => ({ code })),
    });
  });

  test('refuses a product whose price is none', () => {
    const product = { ...PRODUCT, price: '1e3' };
    expect(() => rules.enrich(buildValid(), { product, customer: CUSTOMER })).toThrow(
      'The price of a product is "1e3"',
    );
  });
});

describe('classifyAmount', () => {
  test.each([
    ['0', 'Small'],
    ['99.99', 'Small'],
    ['100', 'Medium'],
    ['499.9', 'Medium'],
    ['500.00', 'Large'],
    ['9999999999999999.99', 'Large'],
  ])('puts %s into %s', (amount, name) => {
    expect(rules.classifyAmount(amount)).toBe(name);
  });

  test.each([[''], ['-1'], ['1.999'], ['1e3'], ['1,000'], ['12345678901234567']])('refuses %j', (amount) => {
    expect(() => rules.classifyAmount(amount)).toThrow(RangeError);
  });
});

describe('compareVersions and decide', () => {
  test('let the greater version win, and tell the field', () => {
    const stored = buildFact();
    const later = buildFact({ source_line: 3, quantity: 3 });
    expect(rules.compareVersions(later, stored)).toMatchObject({ order: 1, decidedBy: 'source_line' });
    expect(rules.decide(undefined, stored)).toMatchObject({ verdict: 'inserted', advancesVersion: true });
    expect(rules.decide(stored, later)).toMatchObject({ verdict: 'updated', advancesVersion: true });
    expect(rules.decide(later, stored)).toMatchObject({ verdict: 'stale', advancesVersion: false });
    expect(rules.decide(stored, buildFact({ source_line: 3 }))).toMatchObject({ verdict: 'unchanged' });
    expect(rules.decide(stored, stored)).toMatchObject({ verdict: 'unchanged', advancesVersion: false });
  });

  test('let a terminal status of the policy win over a later date', () => {
    const strict = createRules({ terminalStatuses: ['refunded'] });
    const refund = buildFact({ status: 'Refunded', status_rank: 5 });
    const later = buildFact({ transaction_date: '2023-03-16' });
    expect(rules.decide(refund, later).verdict).toBe('updated');
    expect(strict.decide(refund, later)).toMatchObject({ verdict: 'stale', decidedBy: 'terminal' });
  });

  test('refuse to compare rows of two transactions', () => {
    expect(() => rules.decide(buildFact(), buildFact({ transaction_id: 'T-2' }))).toThrow(RangeError);
  });
});

describe('the policy', () => {
  test('is the default one where none is given, and may be one that was parsed', () => {
    expect(createRules().policy).toEqual(parsePolicy());
    expect(createRules(parsePolicy({ statuses: ['A'] })).policy.statuses).toEqual(['A']);
  });

  test('is refused with all its problems', () => {
    expect(() => createRules({ statuses: [], maxRejectRate: 2 })).toThrow(PolicyError);
  });

  test('types statuses, payment types and classes by its words', () => {
    const orders = createRules({
      statuses: ['Open', 'Paid'],
      amountClasses: [{ name: 'Basket', below: '50.00' }, { name: 'Bulk' }],
    });
    const validation = orders.validate(buildRow({ status: 'paid', quantity: '20' }));
    if (validation.kind !== 'valid') throw new Error('The row is meant to be valid.');
    const status: 'Open' | 'Paid' = validation.transaction.status;
    const paymentType: 'Credit Card' | 'Debit Card' | 'PayPal' | 'Bank Transfer' | 'Gift Card' | 'Cash' =
      validation.transaction.payment_type;
    const amountClass: 'Basket' | 'Bulk' = validation.transaction.amount_class;
    expect([status, paymentType, amountClass]).toEqual(['Paid', 'PayPal', 'Bulk']);
    // @ts-expect-error Compiles only where the class is one of the words.
    expect(orders.classifyAmount('1') === 'Small').toBe(false);
    // @ts-expect-error The same for the words of the default policy.
    expect(createRules().classifyAmount('1') === 'Basket').toBe(false);
    const read: string = createRules(parsePolicy({})).classifyAmount('1');
    expect(read).toBe('Small');
    // @ts-expect-error No key but those of a policy.
    expect(() => createRules({ status: ['Open'] })).toThrow('is no such key');
  });

  test('judges through functions that may be taken out of the object', () => {
    const { validate: judge, classifyAmount } = createRules();
    expect([judge(buildRow()).kind, classifyAmount('1')]).toEqual(['valid', 'Small']);
  });
});
