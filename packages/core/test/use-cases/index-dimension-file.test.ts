import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DimensionName } from '../../src/ports/dimension-catalog.port.ts';
import { isPortError } from '../../src/ports/port-error.ts';
import { buildDimensionIndex } from '../../src/staging/build-dimension-index.ts';
import { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { InMemoryDimensionCatalog } from '../../src/testing/index.ts';
import { indexDimensionFile } from '../../src/use-cases/index-dimension-file.ts';
import { loadDimensions } from '../../src/use-cases/load-dimensions.ts';
import type { DimensionSource } from '../../src/use-cases/read-dimension-source.ts';
import { bytesOf, cutEvery } from '../support/read-csv.ts';
import { unpacker } from '../support/world.ts';

const HEADERS = {
  products: 'product_id,product_name,category,price,supplier_id\n',
  customers: 'customer_id,first_name,last_name,email,membership_level\n',
};

function source(dimension: DimensionName, rows: string, chunkBytes = 100): DimensionSource {
  const bytes = bytesOf(`${HEADERS[dimension]}${rows}`);
  async function* chunks() {
    yield* cutEvery(bytes, chunkBytes);
  }
  return { dimension, name: `${dimension}.csv`, chunks: chunks(), size: bytes.length };
}

function find(index: DimensionIndex, id: string): string | undefined {
  const key = Buffer.from(id);
  if (!index.find(DimensionIndex.hash(key, 0, key.length), key, 0, key.length)) return undefined;
  return Buffer.from(index.pool.subarray(index.tailStart, index.tailEnd)).toString();
}

/** The index of a file that was loaded into a catalog and read from it; undefined where it was refused. */
async function indexByWayOfCatalog(file: DimensionSource): Promise<DimensionIndex | undefined> {
  const dimensions = new InMemoryDimensionCatalog();
  const report = await loadDimensions({ dimensions, unpacker }, [file]);
  return report.kind === 'loaded' ? buildDimensionIndex(dimensions.read(file.dimension)) : undefined;
}

async function indexOrNothing(file: DimensionSource): Promise<DimensionIndex | undefined> {
  try {
    return await indexDimensionFile(unpacker, file);
  } catch (error) {
    if (isPortError(error) && error.code === 'dimensions.refused') return undefined;
    throw error;
  }
}

describe('the index of a dimension file', () => {
  const id = fc.constantFrom('P-1', 'P-2', ' P-3 ', '"P-4,"', 'é', '\\', '""');
  const text = fc.constantFrom('', 'Kettle', ' Mug ', '"a,""b"""', '"two\nlines"', 'tab\tbed', 'back\\slash', '日本');
  const price = fc.constantFrom('1', '2.5', '+0.99', '10.00');

  test('is that of a catalog into which the file was loaded: same ids, same values, same files refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<DimensionName>('products', 'customers'),
        fc.array(fc.tuple(id, text, text, price, text), { maxLength: 6 }),
        fc.option(fc.constantFrom('P-9,n\n', 'P-9,"n,c,1,s\n', 'P-9,n,c,1,s\n'), { nil: '' }),
        fc.integer({ min: 1, max: 80 }),
        async (dimension, values, last, chunkBytes) => {
          const rows = `${values.map((row) => `${row.join(',')}\n`).join('')}${last}`;
          const file = () => source(dimension, rows, chunkBytes);
          const expected = await indexByWayOfCatalog(file());
          const index = await indexOrNothing(file());
          if (expected === undefined) {
            // A customer that is repeated with another name is one and the same to a join.
            if (dimension === 'products') expect(index).toBeUndefined();
            return;
          }
          expect(index?.size).toBe(expected.size);
          for (const key of ['P-1', 'P-2', 'P-3', 'P-4,', 'P-9', 'é', '\\', 'x', '']) {
            expect(find(index!, key)).toBe(find(expected, key));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('takes a repeated id where what is joined is the same, and tells it with its line where it differs', async () => {
    const same = await indexDimensionFile(unpacker, source('customers', 'C,Ann,Lee,a@b.c,Gold\nC,Anna,Lee,,Gold\n'));
    expect([same.size, find(same, 'C')]).toEqual([1, 'Gold']);
    const different = source('customers', 'C,f,l,e,Gold\n\nD,f,l,e,Gold\nC,f,l,e,Silver\n,f,l,e,m\n');
    await expect(indexDimensionFile(unpacker, different)).rejects.toMatchObject({
      code: 'dimensions.refused',
      message: expect.stringMatching(
        /customers\.csv: 2 bad row values\n {2}line 5, customer_id: customer-id-repeated: .*\n {2}line 6, customer_id: customer-id-blank/,
      ),
      context: { problemCount: 2 },
    });
  });

  test('counts all problems, tells twenty and names the file', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `P-${i},n,c,x,s\n`).join('');
    const error = await indexDimensionFile(unpacker, source('products', rows, 10_000)).catch((thrown) => thrown);
    const lines = error.message.split('\n');
    expect(lines[1]).toBe('products.csv: 3,000 bad row values');
    expect(lines).toHaveLength(1 + 1 + 20 + 1);
    expect(lines.at(-1)).toBe('  ... and 2,980 more');
  });

  test('does not need to know how long a file is, and may be told wrongly', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `P-${i},n,c,${i},s\n`).join('');
    for (const size of [undefined, 0, 10, 10_000_000]) {
      const index = await indexDimensionFile(unpacker, { ...source('products', rows, 1000), size });
      expect([index.size, find(index, 'P-4999')]).toEqual([5000, 'n\tc\ts\t4999.00']);
    }
  });

  test('is made of a gzip file where its name says so', async () => {
    const packed = gzipSync(`${HEADERS.customers}C-1,f,l,e,Gold\n`);
    async function* chunks() {
      yield packed;
    }
    const file: DimensionSource = { dimension: 'customers', name: 'c.csv.GZ', chunks: chunks(), size: packed.length };
    expect(find(await indexDimensionFile(unpacker, file), 'C-1')).toBe('Gold');
  });

  test('passes on what its source throws', async () => {
    const fault = new Error('Gone.');
    async function* broken() {
      yield Buffer.from(`${HEADERS.products}P-1,n,c,1,s\n`);
      throw fault;
    }
    const file: DimensionSource = { dimension: 'products', name: 'p.csv', chunks: broken() };
    await expect(indexDimensionFile(unpacker, file)).rejects.toBe(fault);
  });

  test('does not need a first chunk that holds anything', async () => {
    async function* chunks() {
      yield new Uint8Array();
      yield Buffer.from(`${HEADERS.customers}C-1,f,l,e,Gold\n`);
    }
    const file: DimensionSource = { dimension: 'customers', name: 'c.csv', chunks: chunks(), size: 9 };
    expect((await indexDimensionFile(unpacker, file)).size).toBe(1);
  });
});
