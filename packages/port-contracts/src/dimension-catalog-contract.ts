import assert from 'node:assert/strict';
import {
  type DimensionCatalog,
  type DimensionFeed,
  type DimensionName,
  decodeStagedLines,
  encodeStagedLine,
} from '@weir/core';
import type { Contract } from './contract.ts';
import { INJECTED_SQL } from './injected-sql.ts';

export interface DimensionCatalogSubject {
  readonly catalog: DimensionCatalog;
}

/** As they are loaded: `product_id, product_name, category, price, supplier_id`. */
const KETTLE = ['P-1', 'Kettle', 'Kitchen', '21.50', 'S-1'];
const SPADE = ['P-2', 'Spade', 'Garden', '9.00', 'S-2'];
/** `customer_id, first_name, last_name, email, membership_level`. */
const ADA = ['C-1', 'Ada', 'Lovelace', 'ada@example.com', 'Gold'];
const MANY = 6000;
const ODD = [
  '',
  ' ',
  'a\tb\nc\rd',
  '\\',
  '\\.',
  '\\N',
  'é e\u0301',
  '"q"',
  "O'B",
  '😀\u{10ffff}\uffff',
  '\ufeff',
  'NULL',
  ...INJECTED_SQL,
];

/** The dimensions that rows are checked against and enriched from. */
export const dimensionCatalogContract: Contract<DimensionCatalogSubject> = {
  port: 'DimensionCatalog',
  clauses: {
    'reads nothing from empty dimensions': async ({ catalog }) => {
      assert.deepEqual(await read(catalog, 'products'), []);
      assert.deepEqual(await read(catalog, 'customers'), []);
    },

    'reads products with their price last, and customers without name and e-mail': async ({ catalog }) => {
      await catalog.load([feed('products', [KETTLE, SPADE]), feed('customers', [ADA])]);
      assert.deepEqual(await read(catalog, 'products'), [
        ['P-1', 'Kettle', 'Kitchen', 'S-1', '21.50'],
        ['P-2', 'Spade', 'Garden', 'S-2', '9.00'],
      ]);
      assert.deepEqual(await read(catalog, 'customers'), [['C-1', 'Gold']]);
    },

    'counts what a load did to each dimension, in the order of the feeds': async ({ catalog }) => {
      await catalog.load([feed('products', [KETTLE, SPADE])]);
      const loads = await catalog.load([
        feed('customers', [ADA]),
        feed('products', [KETTLE, SPADE.with(1, 'Shovel'), ['P-3', 'Hose', 'Garden', '5.00', 'S-2']]),
      ]);
      assert.deepEqual(loads, [
        { dimension: 'customers', read: 1, inserted: 1, updated: 0, unchanged: 0 },
        { dimension: 'products', read: 3, inserted: 1, updated: 1, unchanged: 1 },
      ]);
    },

    'takes a change of any column for an update, and keeps what is not in the feed': async ({ catalog }) => {
      await catalog.load([feed('products', [KETTLE, SPADE]), feed('customers', [ADA])]);
      for (const place of [1, 2, 3, 4]) {
        const product = KETTLE.with(place, place === 3 ? '21.51' : 'other');
        const loads = await catalog.load([feed('products', [product]), feed('customers', [ADA.with(place, 'other')])]);
        assert.deepEqual(
          loads.map(({ updated }) => updated),
          [1, 1],
          `column ${place}`,
        );
        await catalog.load([feed('products', [KETTLE]), feed('customers', [ADA])]);
      }
      assert.equal((await read(catalog, 'products')).length, 2);
    },

    'loads empty feeds': async ({ catalog }) => {
      const loads = await catalog.load([feed('products', []), feed('customers', [])]);
      assert.deepEqual(
        loads.map((load) => load.read),
        [0, 0],
      );
      assert.deepEqual(await catalog.load([]), []);
    },

    'takes feeds in chunks that are cut anywhere': async ({ catalog }) => {
      const products = [['P-\u{1f600}', 'é\t\\', '日本', '1.00', ''], KETTLE];
      const bytes = concat(products.map(encodeStagedLine));
      const rows = (async function* () {
        for (const byte of bytes) yield Uint8Array.of(byte);
      })();
      assert.equal((await catalog.load([{ dimension: 'products', rows }]))[0]!.inserted, 2);
      assert.deepEqual(await read(catalog, 'products'), [
        KETTLE.toSpliced(3, 1).concat('21.50'),
        ['P-\u{1f600}', 'é\t\\', '日本', '', '1.00'],
      ]);
    },

    'keeps any text': async ({ catalog }) => {
      const products = ODD.map((text, i) => [`${i}${text}`, text, text, '1.00', text]);
      const customers = ODD.map((text, i) => [`${i}${text}`, text, text, text, text]);
      await catalog.load([feed('products', products), feed('customers', customers)]);
      const expected = products.map(([id, name, category, price, supplier]) => [id, name, category, supplier, price]);
      assert.deepEqual(await read(catalog, 'products'), sort(expected as string[][]));
      assert.deepEqual(await read(catalog, 'customers'), sort(customers.map(([id, , , , level]) => [id!, level!])));
      const again = await catalog.load([feed('products', products), feed('customers', customers)]);
      assert.deepEqual(
        again.map(({ unchanged }) => unchanged),
        [ODD.length, ODD.length],
      );
    },

    'reads prices with two places, and calls 5 and 5.00 the same price': async ({ catalog }) => {
      await catalog.load([feed('products', [KETTLE.with(3, '5'), SPADE.with(3, '9999999999.99')])]);
      const prices = (await read(catalog, 'products')).map((row) => row[4]);
      assert.deepEqual(prices, ['5.00', '9999999999.99']);
      const [load] = await catalog.load([feed('products', [KETTLE.with(3, '5.00')])]);
      assert.equal(load!.unchanged, 1);
    },

    'tells ids apart by every byte': async ({ catalog }) => {
      const ids = ['a', 'A', 'a ', 'á', 'a\u0301', 'ａ'];
      const [load] = await catalog.load([
        feed(
          'customers',
          ids.map((id) => ADA.with(0, id)),
        ),
      ]);
      assert.equal(load!.inserted, ids.length);
      assert.equal((await read(catalog, 'customers')).length, ids.length);
    },

    'changes nothing when a feed fails, and passes its error on': async ({ catalog }) => {
      await catalog.load([feed('products', [KETTLE]), feed('customers', [ADA])]);
      const error = new Error('The feed broke.');
      const rows = (async function* () {
        yield encodeStagedLine(ADA.with(4, 'Silver'));
        yield encodeStagedLine(ADA.with(0, 'C-2'));
        throw error;
      })();
      const load = catalog.load([feed('products', [KETTLE.with(1, 'Pot'), SPADE]), { dimension: 'customers', rows }]);
      await assert.rejects(load, (thrown) => thrown === error);
      assert.deepEqual(await read(catalog, 'products'), [['P-1', 'Kettle', 'Kitchen', 'S-1', '21.50']]);
      assert.deepEqual(await read(catalog, 'customers'), [['C-1', 'Gold']]);
      const [again] = await catalog.load([feed('products', [SPADE])]);
      assert.equal(again!.inserted, 1, 'loads again afterwards');
    },

    'reads one state of a dimension, whatever is loaded meanwhile': async ({ catalog }) => {
      const rows = Array.from({ length: MANY }, (_, i) => ADA.with(0, `C-${i}`));
      await catalog.load([feed('customers', rows)]);
      const chunks: Uint8Array[] = [];
      for await (const chunk of catalog.read('customers')) {
        if (chunks.length === 0)
          await catalog.load([
            feed(
              'customers',
              rows.map((row) => row.with(4, 'Silver')),
            ),
          ]);
        chunks.push(new Uint8Array(chunk));
      }
      const levels = decodeStagedLines(concat(chunks)).map(([, level]) => level);
      assert.deepEqual([levels.length, [...new Set(levels)]], [MANY, ['Gold']]);
    },

    'lets a reader stop early and begin again': async ({ catalog }) => {
      await catalog.load([
        feed(
          'customers',
          Array.from({ length: MANY }, (_, i) => ADA.with(0, `C-${i}`)),
        ),
      ]);
      for (let i = 0; i < 20; i++) {
        for await (const _ of catalog.read('customers')) break;
      }
      assert.equal((await read(catalog, 'customers')).length, MANY);
    },
  },
};

function feed(dimension: DimensionName, rows: readonly (readonly string[])[]): DimensionFeed {
  return {
    dimension,
    rows: (async function* () {
      for (let i = 0; i < rows.length; i += 1000) yield concat(rows.slice(i, i + 1000).map(encodeStagedLine));
    })(),
  };
}

/** All rows of a dimension, by id. */
async function read(catalog: DimensionCatalog, dimension: DimensionName): Promise<string[][]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of catalog.read(dimension)) chunks.push(new Uint8Array(chunk));
  return sort(decodeStagedLines(concat(chunks)));
}

function sort(rows: readonly string[][]): string[][] {
  return rows.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
