import { TRANSACTION_COLUMNS } from '../../../src/rules/transaction-columns.ts';
import { InMemoryRowWorkers } from '../../../src/testing/in-memory-row-workers.ts';
import { RowsInPieces } from '../../../src/use-cases/rows/rows-in-pieces.ts';
import { readByModel } from '../../support/csv-model.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../../support/dimensions.ts';
import { judgeRow } from '../../support/row-model.ts';
import { DEFAULT_POLICY, runRowPath } from '../../support/run-row-path.ts';
import { readSettings } from '../read-settings.ts';
import { requireSame } from '../require-same.ts';

const HEADERS = [`${TRANSACTION_COLUMNS.join(',')}\n`, `${[...TRANSACTION_COLUMNS].reverse().join(',')},note\r\n`];
const LIMITS = [100, 300, 1 << 20];
const GOOD = 'T-1,C-1,P-1,2,19.99,2023-03-15,PayPal,Completed';

export const maxBytes = 1500;
export const dictionary = [
  ...[
    '"',
    '""',
    ',',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '\\',
    '\0',
    '\xff',
    `${GOOD}\n`,
    `"${GOOD.replaceAll(',', '","')}"\n`,
  ],
  ...[
    'T-1',
    'C-1',
    '"c,""3""\n"',
    'P-1',
    '"P-2"',
    'p\t3\\',
    '\xc3\xa9'.repeat(32),
    'x'.repeat(64),
    'nobody',
    'P-empty',
  ],
  ...['0', '1', '+2', '-1', '2147483647', '2147483648', '00000000000000000002', '1e3', '1.', '.5', '-0.00', '0.001'],
  ...[
    '9999999999.99',
    '10000000000',
    '2023-03-15',
    '2023-03-17',
    '2024-02-29',
    '2023-02-29',
    '0000-01-01',
    '9999-12-31',
  ],
  ...[
    'credit card',
    'CREDIT  CARD',
    'Cash',
    'pending',
    'Refunded',
    'Cancelled',
    '\xe2\x84\xaa',
    '\xc4\xb0',
    '\xc5\xbf',
  ],
];

const products = await indexOf(PRODUCTS);
const customers = await indexOf(CUSTOMERS);

/** The way of rows to staged text: as the models of the file and of the rules say, with closed books, and so in pieces. */
export async function fuzz(input: Uint8Array): Promise<void> {
  const { choose, rest } = readSettings(input);
  const text = choose(HEADERS) + rest;
  const maxRecordBytes = choose(LIMITS);
  const fileDay = choose(['2023-03-15', undefined]);
  const pieceBytes = 1 + (choose.number() % 400);
  const workers = 1 + (choose.number() % 3);
  const policy = { ...DEFAULT_POLICY, maxRecordBytes };
  const bytes = Buffer.from(text, 'latin1');
  const options = { policy, fileNo: 7, fileDay, products, customers };

  const { path, rows, rejects, rowBytes, rejectBytes } = runRowPath([bytes], {
    ...options,
    batchSize: choose([1, 256]),
  });
  requireSame('the books do not close', rows.length + rejects.length, path.read);

  const model = readByModel(text, { columns: TRANSACTION_COLUMNS, maxRecordBytes, maxValueBytes: 64 });
  const wanted = model.records.map(({ line, faults, values }) => {
    const given = Object.fromEntries(TRANSACTION_COLUMNS.map((column, slot) => [column, values?.[slot] ?? '']));
    const judged = judgeRow(given as Parameters<typeof judgeRow>[0], {
      policy,
      fileDay,
      products: PRODUCTS,
      customers: CUSTOMERS,
    });
    return values === undefined || judged.row === undefined
      ? { line, faults: values === undefined ? faults : judged.faults }
      : { line, row: enrich(judged.row) };
  });
  const told = [
    ...rows.map(({ file_no: _, source_line, ...row }) => ({ line: source_line, row })),
    ...rejects.map(({ source_line, faults }) => ({ line: source_line, faults: faults.map(({ code }) => code) })),
  ];
  requireSame(
    'the models judge otherwise',
    told.toSorted((a, b) => a.line - b.line),
    wanted,
  );

  const pieces = await readInPieces(bytes, options, workers, pieceBytes);
  requireSame('in pieces it is read otherwise', pieces, [latin1(rowBytes), latin1(rejectBytes), path.tally()]);
}

function enrich<Row extends { product_id: string; customer_id: string }>(row: Row) {
  const [product_name, category, supplier_id, list_price] = PRODUCTS.get(row.product_id)!;
  const [membership_level] = CUSTOMERS.get(row.customer_id)!;
  return { ...row, product_name, category, supplier_id, list_price, membership_level };
}

async function readInPieces(
  bytes: Uint8Array,
  options: ConstructorParameters<typeof RowsInPieces>[0],
  workers: number,
  pieceBytes: number,
): Promise<unknown[]> {
  const [rows, rejects]: [Uint8Array[], Uint8Array[]] = [[], []];
  const writer = {
    writeRows: async (lines: Uint8Array) => void rows.push(lines),
    writeRejects: async (lines: Uint8Array) => void rejects.push(lines),
  };
  const reading = new RowsInPieces(options, writer, new InMemoryRowWorkers(workers), pieceBytes);
  await reading.push(bytes);
  await reading.end();
  return [latin1(Buffer.concat(rows)), latin1(Buffer.concat(rejects)), reading.tally()];
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
