import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { DimensionCatalog, DimensionName } from '../../src/ports/dimension-catalog.port.ts';
import { decodeStagedLines } from '../../src/staging/staged-text.ts';
import { InMemoryDimensionCatalog, injectFault } from '../../src/testing/index.ts';
import { loadDimensions } from '../../src/use-cases/load-dimensions.ts';
import type { DimensionSource } from '../../src/use-cases/read-dimension-source.ts';
import { bytesOf, cutEvery } from '../support/read-csv.ts';
import { unpacker } from '../support/world.ts';

function load(dimensions: DimensionCatalog, sources: readonly DimensionSource[], onProgress?: ProgressListener) {
  return loadDimensions({ dimensions, unpacker }, sources, onProgress);
}
type ProgressListener = Parameters<typeof loadDimensions>[2];

const PRODUCTS = 'product_id,product_name,category,price,supplier_id\n';
const CUSTOMERS = 'customer_id,first_name,last_name,email,membership_level\n';

function source(dimension: DimensionName, content: string | Uint8Array, name = `${dimension}.csv`): DimensionSource {
  const bytes = bytesOf(content);
  async function* chunks() {
    yield* cutEvery(bytes, bytes.length > 10_000 ? 10_000 : 50);
  }
  return { dimension, name, chunks: chunks() };
}
const products = (rows: string, name?: string) => source('products', `${PRODUCTS}${rows}`, name);
const customers = (rows: string, name?: string) => source('customers', `${CUSTOMERS}${rows}`, name);

async function snapshot(catalog: InMemoryDimensionCatalog, dimension: DimensionName): Promise<string[][]> {
  const parts: Uint8Array[] = [];
  for await (const chunk of catalog.read(dimension)) parts.push(chunk);
  return decodeStagedLines(Buffer.concat(parts));
}

describe('dimension files', () => {
  test('are upserted by id, with prices to two places and values trimmed', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const told: unknown[] = [];
    const report = await load(
      catalog,
      [
        products('P-1, Kettle ,"Kit,chen",5,S-1\nP-2,"Tab\tbed \\ ""x""",,+0.5,\n'),
        customers('C-1,Ann,Lee,a@b.c,Gold\n'),
      ],
      (...progress) => told.push(progress),
    );
    expect(report).toEqual({
      kind: 'loaded',
      loads: [
        { dimension: 'products', read: 2, inserted: 2, updated: 0, unchanged: 0 },
        { dimension: 'customers', read: 1, inserted: 1, updated: 0, unchanged: 0 },
      ],
    });
    expect(await snapshot(catalog, 'products')).toEqual([
      ['P-1', 'Kettle', 'Kit,chen', 'S-1', '5.00'],
      ['P-2', 'Tab\tbed \\ "x"', '', '', '0.50'],
    ]);
    expect(await snapshot(catalog, 'customers')).toEqual([['C-1', 'Gold']]);
    expect(told.at(-1)).toEqual(['customers', 1]);

    const again = await load(catalog, [products('P-1,Kettle,"Kit,chen",5.00,S-1\nP-2,Mug,,1,\nP-3,Cup,,1,')]);
    expect(again).toMatchObject({ loads: [{ read: 3, inserted: 1, updated: 1, unchanged: 1 }] });
  });

  test('may be gzip, in any case of letters, order and number of columns', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const packed = gzipSync('PRICE,x,Product_ID,category, supplier_id ,product_name\r\n1,?,P-1,c,s,n\r\n');
    expect(await load(catalog, [source('products', packed, 'p.csv.GZ')])).toMatchObject({ kind: 'loaded' });
    expect(await snapshot(catalog, 'products')).toEqual([['P-1', 'n', 'c', 's', '1.00']]);
  });

  test('may be many rows, all of which arrive', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const rows = Array.from({ length: 1000 }, (_, i) => `P-${i},${'n'.repeat(500)},c,${i}.5,s`);
    expect(await load(catalog, [products(rows.join('\n'))])).toMatchObject({
      loads: [{ read: 1000, inserted: 1000 }],
    });
    expect((await snapshot(catalog, 'products')).at(-1)).toEqual(['P-999', 'n'.repeat(500), 'c', 's', '999.50']);
  });

  test('may hold an id twice where both rows say the same: it is passed on once', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const report = await load(catalog, [products('P-1,n,c,1,s\nP-2,n,c,1,s\n P-1 ,"n",c,1,s\n')]);
    expect(report).toMatchObject({ kind: 'loaded', loads: [{ read: 2, inserted: 2 }] });
  });

  test('may hold the longest values, every byte escaped, and a long value over several lines', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const long = (bytes: number) => '\\'.repeat(bytes);
    const text = `${'a line of a long name\n'.repeat(20)}end`;
    const report = await load(catalog, [
      products(`${long(64)},${long(512)},${long(128)},9999999999.99,${long(64)}\nP-2,"${text}",c,1,s\n`),
      customers(`${long(64)},${long(128)},${long(128)},${long(320)},${long(64)}\n`),
    ]);
    expect(report).toMatchObject({ kind: 'loaded', loads: [{ inserted: 2 }, { inserted: 1 }] });
    expect((await snapshot(catalog, 'products'))[1]?.[1]).toBe(text);
  });
});

describe('a bad row refuses all files: nothing is changed, and every bad row is told', () => {
  test.each([
    ['product-id-blank', 'product_id', products(' ,n,c,1,s\n')],
    ['product-id-too-long', 'product_id', products(`${'x'.repeat(65)},n,c,1,s\n`)],
    ['product-id-repeated', 'product_id', products('P-1,n,c,1,s\nP-1,n,c,2,s\n')],
    ['value-too-long', 'product_name', products(`P-1,${'é'.repeat(257)},c,1,s\n`)],
    ['value-too-long', 'category', products(`P-1,n,${'x'.repeat(129)},1,s\n`)],
    ['value-too-long', 'supplier_id', products(`P-1,n,c,1,${'x'.repeat(65)}\n`)],
    ['price-not-a-decimal', 'price', products('P-1,n,c,,s\n')],
    ['price-negative', 'price', products('P-1,n,c,-1,s\n')],
    ['price-too-many-decimals', 'price', products('P-1,n,c,1.999,s\n')],
    ['price-too-large', 'price', products('P-1,n,c,10000000000,s\n')],
    ['row-field-count', '', products('P-1,n,c,1\n')],
    ['row-quoting', '', products('P-1,"n,c,1,s\n')],
    ['row-encoding', '', products('P-1,n\0,c,1,s\n')],
    ['row-too-long', '', products(`P-1,${'x'.repeat(65_536)},c,1,s\n`)],
    ['customer-id-blank', 'customer_id', customers(',f,l,e,m\n')],
    ['customer-id-too-long', 'customer_id', customers(`${'x'.repeat(65)},f,l,e,m\n`)],
    ['customer-id-repeated', 'customer_id', customers('C-1,f,l,e,m\nC-1,f,l,e,M\n')],
    ['value-too-long', 'first_name', customers(`C,${'x'.repeat(129)},l,e,m\n`)],
    ['value-too-long', 'last_name', customers(`C,f,${'x'.repeat(129)},e,m\n`)],
    ['value-too-long', 'email', customers(`C,f,l,${'x'.repeat(321)},m\n`)],
    ['value-too-long', 'membership_level', customers(`C,f,l,e,${'x'.repeat(65)}\n`)],
  ])('%s of %s', async (code, column, bad) => {
    const catalog = new InMemoryDimensionCatalog();
    await load(catalog, [products('P-1,old,c,1,s\n')]);
    const good = bad.dimension === 'products' ? customers('C-1,f,l,e,m\n') : products('P-1,new,c,1,s\nP-7,n,c,1,s\n');
    for (const sources of [[bad, good]]) {
      const report = await load(catalog, sources);
      const line = code.endsWith('-repeated') ? 3 : 2;
      expect(report).toMatchObject({
        kind: 'refused',
        sources: [{ name: bad.name, refusal: undefined, problemCount: 1, problems: [{ line, code, column }] }],
      });
    }
    expect((await snapshot(catalog, 'products')).map((values) => values[1])).toEqual(['old']);
    expect(await snapshot(catalog, 'customers')).toEqual([]);
  });

  test('in the last file as in the first, all of both', async () => {
    const catalog = new InMemoryDimensionCatalog();
    const many = Array.from({ length: 50 }, (_, i) => `P-${i},n,c,x,s`).join('\n');
    const report = await load(catalog, [products(many), customers('C-1,f,l,e,m\n,f,l,e,m\n')]);
    expect(report).toMatchObject({
      kind: 'refused',
      sources: [
        { dimension: 'products', problemCount: 50, problems: expect.any(Array) },
        { dimension: 'customers', problemCount: 1, problems: [{ line: 3, code: 'customer-id-blank' }] },
      ],
    });
    expect(report.kind === 'refused' && report.sources[0]?.problems).toHaveLength(20);
  });

  test('with all its problems in the order of the columns', async () => {
    const report = await load(new InMemoryDimensionCatalog(), [products(`,n,${'x'.repeat(200)},x,s\n`)]);
    expect(report.kind === 'refused' && report.sources[0]?.problems.map(({ code }) => code)).toEqual([
      'product-id-blank',
      'value-too-long',
      'price-not-a-decimal',
    ]);
  });
});

describe('a dimension file that cannot be read refuses all files', () => {
  test.each([
    ['header-missing-column', source('products', 'product_id,price\nP-1,1\n')],
    ['header-missing-column', source('products', '')],
    ['header-missing-column', products('')],
    ['header-missing-column', products('\n\n')],
    ['header-duplicate-column', source('products', `price,${PRODUCTS}1,P-1,n,c,1,s\n`)],
    ['file-not-text', source('products', Buffer.from(PRODUCTS, 'utf16le'))],
    ['file-not-text', products('P-1,n,c,1,s\n', 'p.csv.gz')],
    ['file-not-text', source('products', gzipSync(`${PRODUCTS}P-1,n,c,1,s\n`).subarray(0, -3), 'p.csv.gz')],
  ])('as %s', async (code, bad) => {
    const catalog = new InMemoryDimensionCatalog();
    expect(await load(catalog, [bad, customers('C-1,f,l,e,m\n')])).toMatchObject({
      kind: 'refused',
      sources: [{ dimension: 'products', name: bad.name, refusal: { code } }],
    });
    expect(await snapshot(catalog, 'customers')).toEqual([]);
  });
});

test('a fault of the catalog or of a source passes through, and nothing is changed', async () => {
  const catalog = new InMemoryDimensionCatalog();
  const fault = new Error('Gone.');
  const { port } = injectFault(catalog, { method: 'load', call: 1, when: 'before', error: fault });
  await expect(load(port, [products('P-1,n,c,1,s\n')])).rejects.toBe(fault);
  async function* broken() {
    yield Buffer.from(`${PRODUCTS}P-1,n,c,1,s\n`);
    throw fault;
  }
  await expect(load(catalog, [{ dimension: 'products', name: 'p.csv', chunks: broken() }])).rejects.toBe(fault);
  await expect(load(catalog, [{ dimension: 'products', name: 'p.csv.gz', chunks: broken() }])).rejects.toBe(fault);
  expect(await snapshot(catalog, 'products')).toEqual([]);
});
