import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type NaiveRecord, readRecords } from './naive-csv.ts';

/** The rules of the business once more, slow and simple, over whole files in memory. */

const COLUMNS = [
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
];
const PAYMENT_TYPES = ['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash'];
const LIFECYCLE = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'];

export interface File {
  readonly key: string;
  readonly bytes: Buffer;
  readonly modified: number;
}

interface Fact {
  readonly version: readonly (string | number)[];
  readonly cells: readonly string[];
  readonly total: bigint;
  readonly status: string;
}

type Dimension = ReadonlyMap<string, readonly string[]>;

/** Every file below a folder, keys with slashes. */
export function filesBelow(folder: string): File[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => ({
    key: relative(folder, path),
    bytes: readFileSync(path),
    modified: statSync(path).mtimeMs,
  }));
}

/** What ingesting the files into empty tables must lead to, in the shape of `expected.json`. */
export function evaluate(files: readonly File[], dimensions: string) {
  const products = readDimension(join(dimensions, 'products.csv'));
  const customers = readDimension(join(dimensions, 'customers.csv'));
  const facts = new Map<string, Fact>();
  const codes: Record<string, number> = {};
  const perFile: Record<string, { read: number; rejected: number }> = {};
  for (const file of files) {
    const counts = { read: 0, rejected: 0 };
    perFile[file.key] = counts;
    const [, day] = /year=(\d+\/month=\d+\/day=\d+)/.exec(file.key) as unknown as [string, string];
    const fileDay = day.replace(/\/\w+=/g, '-');
    const bytes = file.key.endsWith('.gz') ? gunzipSync(file.bytes) : file.bytes;
    const [header, ...records] = readRecords(bytes);
    const names = fieldsOf(header!).map((name) => name.toLowerCase());
    for (const record of records) {
      counts.read++;
      let faults: string[];
      if ('fault' in record) faults = [record.fault];
      else if (record.fields.length !== names.length) faults = ['row-field-count'];
      else {
        const values = COLUMNS.map((column) => record.fields[names.indexOf(column)] as string);
        faults = validate(values, fileDay, products, customers);
        if (faults.length === 0) {
          const version = [fileDay, file.modified, record.line, file.key];
          upsert(facts, toFact(values, version, products, customers));
        }
      }
      if (faults.length > 0) counts.rejected++;
      for (const code of faults) codes[code] = (codes[code] ?? 0) + 1;
    }
  }
  return { ...summarize(facts, codes), ...sum(perFile), files: perFile };
}

function validate(values: readonly string[], fileDay: string, products: Dimension, customers: Dimension): string[] {
  const [transaction, customer, product, quantity, price, date, payment, status] = values as [string, ...string[]] &
    string[];
  const faults: string[] = [];
  const check = (bad: boolean, code: string) => bad && faults.push(code);
  check(transaction === '', 'transaction-id-blank');
  check(customer === '', 'customer-id-blank');
  check(product === '', 'product-id-blank');
  check(Buffer.byteLength(transaction) > 64, 'transaction-id-too-long');
  check(Buffer.byteLength(customer!) > 64, 'customer-id-too-long');
  check(Buffer.byteLength(product!) > 64, 'product-id-too-long');
  const pieces = /^[+-]?[0-9]+$/.test(quantity!) ? BigInt(quantity!.replace('+', '')) : undefined;
  check(pieces === undefined, 'quantity-not-an-integer');
  check(pieces !== undefined && pieces <= 0n, 'quantity-not-positive');
  check(pieces !== undefined && pieces > 2147483647n, 'quantity-too-large');
  const decimal = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(price!);
  check(decimal === null, 'price-not-a-decimal');
  check((decimal?.[3] ?? '').length > 2, 'price-too-many-decimals');
  check(decimal?.[1] === '-' && /[1-9]/.test(price!), 'price-negative');
  check(decimal !== null && BigInt(decimal[2]!) > 9999999999n, 'price-too-large');
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date!) && addDays(date!, 0) === date;
  check(!isDate, 'date-not-a-date');
  check(isDate && date! > addDays(fileDay, 1)!, 'date-after-file-day');
  check(listed(PAYMENT_TYPES, payment!) === undefined, 'payment-type-unknown');
  check(listed(LIFECYCLE, status!) === undefined, 'status-unknown');
  const amountsAreFine = !faults.some((code) => /^(quantity|price)/.test(code));
  check(amountsAreFine && pieces! * cents(price!) > 999999999999999999n, 'total-too-large');
  check(product !== '' && !products.has(product!), 'product-unknown');
  check(customer !== '' && !customers.has(customer!), 'customer-unknown');
  return faults;
}

function toFact(values: readonly string[], file: (string | number)[], products: Dimension, customers: Dimension): Fact {
  const [id, customer, product, quantity, price, date, payment, status] = values as string[];
  const total = BigInt(quantity!.replace('+', '')) * cents(price!);
  const [, name, category, listPrice, supplier] = products.get(product!)!;
  const known = listed(LIFECYCLE, status!)!;
  const pieces = String(BigInt(quantity!.replace('+', '')));
  const business = [
    id,
    customer,
    product,
    pieces,
    decimals(cents(price!)),
    date,
    listed(PAYMENT_TYPES, payment!),
    known,
  ];
  const level = customers.get(customer!)![4];
  const cells = [
    ...business,
    decimals(total),
    classOf(total),
    name,
    category,
    supplier,
    decimals(cents(listPrice!)),
    level,
  ];
  return { version: [date!, LIFECYCLE.indexOf(known), ...file], cells: cells as string[], total, status: known };
}

function upsert(facts: Map<string, Fact>, incoming: Fact): void {
  const stored = facts.get(incoming.cells[0]!);
  if (stored === undefined || isGreater(incoming.version, stored.version)) facts.set(incoming.cells[0]!, incoming);
}

function isGreater(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const i = a.findIndex((part, at) => part !== b[at]);
  return i >= 0 && a[i]! > b[i]!;
}

function summarize(facts: ReadonlyMap<string, Fact>, codes: Record<string, number>) {
  const hash = createHash('sha256');
  const byClass: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  let total = 0n;
  for (const id of [...facts.keys()].sort()) {
    const fact = facts.get(id)!;
    hash.update(`${fact.cells.join('\u001f')}\n`);
    total += fact.total;
    byClass[classOf(fact.total)] = (byClass[classOf(fact.total)] ?? 0) + 1;
    byStatus[fact.status] = (byStatus[fact.status] ?? 0) + 1;
  }
  return {
    rejects_by_code: codes,
    facts: facts.size,
    total_amount: decimals(total),
    by_class: byClass,
    by_status: byStatus,
    facts_sha256: hash.digest('hex'),
  };
}

function sum(files: Record<string, { read: number; rejected: number }>) {
  const counts = Object.values(files);
  return {
    read: counts.reduce((total, { read }) => total + read, 0),
    rejected: counts.reduce((total, { rejected }) => total + rejected, 0),
  };
}

function readDimension(path: string): Dimension {
  const records = readRecords(readFileSync(path)).map(fieldsOf);
  return new Map(records.slice(1).map((fields) => [fields[0] as string, fields]));
}

function fieldsOf(record: NaiveRecord): readonly string[] {
  return 'fields' in record ? record.fields : [];
}

function listed(list: readonly string[], text: string): string | undefined {
  return list.find((entry) => entry.toLowerCase() === text.toLowerCase().replace(/ +/g, ' '));
}

function cents(price: string): bigint {
  const [whole, fraction = ''] = price.replace('+', '').split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
}

function decimals(amount: bigint): string {
  return `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
}

function classOf(total: bigint): string {
  if (total < 10000n) return 'Small';
  return total < 50000n ? 'Medium' : 'Large';
}

function addDays(date: string, days: number): string | undefined {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms + days * 86400000).toISOString().slice(0, 10);
}
