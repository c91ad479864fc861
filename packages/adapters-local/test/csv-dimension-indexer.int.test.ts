import { spawnSync } from 'node:child_process';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DimensionIndex, type DimensionName, readDimensions } from '@weir/core';
import { CsvDimensionIndexer, ZlibUnpacker } from '../src/index.ts';
import { failureOf, openSandbox, type Sandbox } from './filesystem-sandbox.ts';

const PRODUCTS = 'product_id,product_name,category,price,supplier_id\n';
const CUSTOMERS = 'customer_id,first_name,last_name,email,membership_level\n';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

function catalogOf(products = 'products.csv', customers = 'customers.csv'): CsvDimensionIndexer {
  const unpacker = new ZlibUnpacker();
  return new CsvDimensionIndexer({
    products: join(sandbox.root, products),
    customers: join(sandbox.root, customers),
    unpacker,
  });
}

function find(index: DimensionIndex, id: string): string | undefined {
  const key = Buffer.from(id);
  if (!index.find(DimensionIndex.hash(key, 0, key.length), key, 0, key.length)) return undefined;
  return Buffer.from(index.pool.subarray(index.tailStart, index.tailEnd)).toString();
}

describe('dimension files', () => {
  test('are found by id with the columns that rows are joined to, as staged text', async () => {
    await sandbox.write('products.csv', `${PRODUCTS}P-1, Kettle ,"Kit,chen",5,S-1\nP-2,"Tab\tbed",,+0.5,\n`);
    await sandbox.write('customers.csv.gz', gzipSync(`${CUSTOMERS}C-1,Ann,Lee,a@b.c,Gold\n`));
    const { products, customers, warnings } = await readDimensions(catalogOf('products.csv', 'customers.csv.gz'));
    expect(find(products, 'P-1')).toBe('Kettle\tKit,chen\tS-1\t5.00');
    expect(find(products, 'P-2')).toBe('Tab\\\tbed\t\t\t0.50');
    expect(find(customers, 'C-1')).toBe('Gold');
    expect([products.size, customers.size, warnings]).toEqual([2, 1, []]);
  });

  test('may be longer than what is read at once, in memory that threads share', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `C-${i},Ann,Lee,ann.lee.${i}@example.com,level ${i}`);
    await sandbox.write('customers.csv', `${CUSTOMERS}${rows.join('\n')}`);
    const index = await catalogOf().index('customers', { shared: true });
    expect(index.size).toBe(40_000);
    expect(index.state().pool).toBeInstanceOf(SharedArrayBuffer);
    for (let i = 0; i < 40_000; i += 7) expect(find(index, `C-${i}`)).toBe(`level ${i}`);
    expect(find(index, 'C-40000')).toBeUndefined();
  });
});

describe('a dimension file that cannot be joined to', () => {
  test('is refused with every bad row', async () => {
    await sandbox.write('products.csv', `${PRODUCTS}P-1,n,c,1,s\n,n,c,x,s\nP-1,n,c,2,s\nP-2,n\n`);
    const error = await failureOf(() => catalogOf().index('products'));
    expect(error).toMatchObject({ name: 'PortError', code: 'dimensions.refused', retryable: false });
    expect(error.message.split('\n').slice(1)).toEqual([
      `${join(sandbox.root, 'products.csv')}: 4 bad row values`,
      '  line 3, product_id: product-id-blank: the id is empty',
      '  line 3, price: price-not-a-decimal: the price is not a plain decimal number',
      '  line 4, product_id: product-id-repeated: an earlier row with this id says something else',
      '  line 5, whole row: row-field-count: the record has not as many fields as the header',
    ]);
  });

  test.each<[string, DimensionName, string | Uint8Array]>([
    ['header-missing-column', 'products', CUSTOMERS],
    ['header-missing-column: the file holds no rows', 'customers', CUSTOMERS],
    ['header-missing-column: the file holds no rows', 'customers', ''],
    ['header-duplicate-column', 'customers', `${CUSTOMERS.trim()},email\nC,f,l,e,m,e\n`],
    ['file-not-text', 'customers', Buffer.from(CUSTOMERS, 'utf16le')],
  ])('is refused as a whole: %s', async (why, dimension, content) => {
    await sandbox.write(`${dimension}.csv`, content);
    const error = await failureOf(() => catalogOf().index(dimension));
    expect(error).toMatchObject({ code: 'dimensions.refused', message: expect.stringContaining(`.csv: ${why}`) });
  });

  test('is refused where its gzip data is cut off, whatever was read before', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `C-${i},${Math.sin(i)},l,e,m`).join('\n');
    await sandbox.write('customers.csv.gz', gzipSync(`${CUSTOMERS}${rows}`).subarray(0, -9));
    const error = await failureOf(() => catalogOf('products.csv', 'customers.csv.gz').index('customers'));
    expect(error).toMatchObject({ code: 'dimensions.refused', message: expect.stringContaining('.gz: file-not-text') });
  });

  test('is named where it is missing, a folder or a pipe that nobody writes to', async () => {
    await sandbox.write('folder/file', '');
    expect(spawnSync('mkfifo', [join(sandbox.root, 'pipe')]).status).toBe(0);
    const catalog = (name: string) => catalogOf(name).index('products');
    const messages = await Promise.all(['none.csv', 'folder', 'pipe'].map((name) => failureOf(() => catalog(name))));
    for (const error of messages) expect(error).toMatchObject({ name: 'PortError', code: 'dimensions.unreadable' });
    expect(messages.map(({ message }) => message.replace(sandbox.root, ''))).toEqual([
      'The dimension file /none.csv cannot be read: it does not exist.',
      'The dimension file /folder cannot be read: it is no file.',
      'The dimension file /pipe cannot be read: it is no file.',
    ]);
  });

  test('is not taken where it is cut short while it is read', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `C-${i},first,last,someone@example.com,Gold\n`);
    await sandbox.write('customers.csv', `${CUSTOMERS}${rows.join('')}`);
    const unpacker = {
      async *unpack(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          await truncate(join(sandbox.root, 'customers.csv.gz'), 1_500_000);
          yield chunk;
        }
      },
    };
    await sandbox.write('customers.csv.gz', `${CUSTOMERS}${rows.join('')}`);
    const path = join(sandbox.root, 'customers.csv.gz');
    const catalog = new CsvDimensionIndexer({ products: path, customers: path, unpacker });
    const error = await failureOf(() => catalog.index('customers'));
    expect(error).toMatchObject({
      code: 'dimensions.unreadable',
      message: expect.stringContaining('it changed while'),
    });
  });

  test('is told where both do not fit into the memory that dimensions may take, with the setting', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `C-${i},f,l,e,Gold`).join('\n');
    await sandbox.write('customers.csv', `${CUSTOMERS}${rows}`);
    await sandbox.write('products.csv', `${PRODUCTS}P-1,n,c,1,s\n`);
    const error = await failureOf(() => readDimensions(catalogOf(), { maxDimensionBytes: 100_000 }));
    expect(error).toMatchObject({
      code: 'dimensions.too-large',
      message: expect.stringMatching(/^dim_customers does not fit into memory: its first [\d,]+ rows/),
      remedy: expect.stringContaining('--dimension-memory <MB>'),
      context: { dimension: 'customers', limit: 100_000 },
    });
  });
});
