import fc from 'fast-check';
import { TRANSACTION_COLUMNS, type TransactionColumn } from '../../src/rules/transaction-columns.ts';
import { CUSTOMERS, PRODUCTS } from './dimensions.ts';

/** Odd text without NUL and without what has no UTF-8 form; with line breaks it stays within the 64 bytes of a value. */
const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        ',',
        '\n',
        '\r',
        '\r\n',
        '\t',
        ' ',
        '\\',
        '\\n',
        '\\.',
        '\u00a0',
        '\ufeff',
        "'",
        ';',
        '\u2028',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join('').replaceAll('\0', ''))
  .filter((text) => Buffer.byteLength(text) <= 64);

const around = (inner: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('', '', '', ' ', '\t ', '  '), inner, fc.constantFrom('', '', '', ' ', '\t'))
    .map((parts) => parts.join(''));
const usually = (good: fc.Arbitrary<string>, other: fc.Arbitrary<string>) =>
  around(fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: other }));

const anyCase = (words: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...words), fc.constantFrom('as is', 'up', 'low', 'wide'))
    .map(([word, form]) =>
      form === 'up'
        ? word.toUpperCase()
        : form === 'low'
          ? word.toLowerCase()
          : form === 'wide'
            ? word.replace(' ', '   ')
            : word,
    );
const digits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength }).map((all) => all.join(''));
const oddId = fc.oneof(
  fc.constantFrom('', 'x'.repeat(64), 'x'.repeat(65), 'é'.repeat(33), `${'x'.repeat(63)}é`),
  oddText,
);

const COLUMN_VALUES: Record<TransactionColumn, fc.Arbitrary<string>> = {
  transaction_id: usually(fc.constantFrom('T-1', 'T-2', 'é', 'a"b', 'a,b', 'a\nb', 'a\tb\\', '0'), oddId),
  customer_id: usually(fc.constantFrom(...CUSTOMERS.keys()), fc.oneof(oddId, fc.constant('C-9'))),
  product_id: usually(fc.constantFrom(...PRODUCTS.keys()), fc.oneof(oddId, fc.constant('P-9'))),
  quantity: usually(
    fc.oneof(
      fc.integer({ min: 1, max: 5 }).map(String),
      fc.integer({ min: 1, max: 2_147_483_647 }).map(String),
      fc.constantFrom('+5', '007', '2147483647'),
    ),
    fc.oneof(fc.constantFrom('0', '-0', '-1', '2147483648', '1e3', '1.0', '+'), digits(30), oddText),
  ),
  price: usually(
    fc.oneof(
      fc.integer({ min: 0, max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
      fc.constantFrom('0', '-0.00', '+0.1', '33.33', '50.00', '9999999999.99', '007.5', '100', '249.995'.slice(0, 6)),
    ),
    fc.oneof(
      fc.constantFrom('-1', '.5', '5.', '1.999', '10000000000', '1,000', '$5', '-0.001'),
      fc.tuple(digits(14), digits(4)).map((parts) => parts.join('.')),
      oddText,
    ),
  ),
  transaction_date: usually(
    fc.constantFrom('2023-03-15', '2023-03-16', '2024-02-29', '0001-01-01', '2022-12-31'),
    fc.oneof(fc.constantFrom('2023-02-29', '2023-03-17', '2023-3-1', '0000-01-01', '1900-02-29'), oddText),
  ),
  payment_type: usually(
    anyCase(['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash']),
    oddText,
  ),
  status: usually(anyCase(['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded']), oddText),
};

/** Rows as a file gives them: most are good, a good part has one fault, some have many. */
export const transactionRow = fc.record(
  Object.fromEntries(TRANSACTION_COLUMNS.map((column) => [column, COLUMN_VALUES[column]])) as typeof COLUMN_VALUES,
  { noNullPrototype: true },
);

/** Rows in which every value is odd more often than not. */
export const oddTransactionRow = fc.record(
  Object.fromEntries(
    TRANSACTION_COLUMNS.map((column) => [column, fc.oneof(COLUMN_VALUES[column], oddText)]),
  ) as typeof COLUMN_VALUES,
  { noNullPrototype: true },
);
