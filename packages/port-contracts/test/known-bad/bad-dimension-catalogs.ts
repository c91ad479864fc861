import { type DimensionCatalog, type DimensionFeed, decodeStagedLines, encodeStagedLine } from '@weir/core';
import { InMemoryDimensionCatalog } from '@weir/core/testing';
import type { DimensionCatalogSubject, Open } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';

/** Dimension catalogs that are wrong on purpose. */
export const BAD_DIMENSION_CATALOGS: Readonly<Record<string, Open<DimensionCatalogSubject>>> = {
  'gives an empty dimension a line': spoil((catalog) => ({
    async *read(dimension) {
      const chunks = await collect(catalog.read(dimension));
      yield* chunks.length > 0 ? chunks : [encodeStagedLine(['', ''])];
    },
  })),
  'refuses an empty feed': spoil((catalog) => ({
    load: async (feeds) => {
      const loads = await catalog.load(feeds);
      if (loads.every(({ read }) => read === 0)) throw new Error('There is nothing to load.');
      return loads;
    },
  })),
  'holds on to what was not read to the end': spoil((catalog) => {
    let held = 0;
    return {
      async *read(dimension) {
        if (held > 3) throw new Error('All connections are in use.');
        held++;
        for await (const chunk of catalog.read(dimension)) yield chunk;
        held--;
      },
    };
  }),
  'gives out the columns as they are loaded': spoil((catalog) => ({
    read: (dimension) =>
      mapLines(catalog.read(dimension), (row) => (row.length === 5 ? row.toSpliced(3, 2, row[4]!, row[3]!) : row)),
  })),
  'gives out the e-mail of customers': spoil((catalog) => ({
    read: (dimension) =>
      mapLines(catalog.read(dimension), (row) => (row.length === 2 ? [row[0]!, 'ada@example.com', row[1]!] : row)),
  })),
  'loads each feed in a commit of its own': spoil((catalog) => ({
    load: async (feeds) => {
      const loads = [];
      for (const feed of feeds) loads.push(...(await catalog.load([feed])));
      return loads;
    },
  })),
  'takes chunks for whole lines': spoil((catalog) => ({
    load: (feeds) =>
      catalog.load(feeds.map(({ dimension, rows }) => ({ dimension, rows: mapChunks(rows, cutAtLastLine) }))),
  })),
  'wraps the error of a feed': spoil((catalog) => ({
    load: (feeds) =>
      catalog.load(feeds).catch((cause: unknown) => {
        throw new Error('The load failed.', { cause });
      }),
  })),
  'calls everything inserted': spoil((catalog) => ({
    load: async (feeds) =>
      (await catalog.load(feeds)).map((load) => ({ ...load, inserted: load.read, updated: 0, unchanged: 0 })),
  })),
  'forgets what is not in the feed': async () => {
    let catalog = new InMemoryDimensionCatalog();
    const load = (feeds: readonly DimensionFeed[]) => {
      catalog = new InMemoryDimensionCatalog();
      return catalog.load(feeds);
    };
    return { catalog: { load, read: (dimension) => catalog.read(dimension) }, close: async () => {} };
  },
  'reads what is loaded meanwhile': spoil((catalog) => ({
    async *read(dimension) {
      for (let c = 0; ; c++) {
        const chunks = await collect(catalog.read(dimension));
        if (chunks[c] === undefined) return;
        yield chunks[c];
      }
    },
  })),
  'folds letter case': spoil((catalog) => ({
    load: (feeds) =>
      catalog.load(
        feeds.map(({ dimension, rows }) => ({
          dimension,
          rows: mapLines(rows, ([id, ...row]) => [id!.toLowerCase(), ...row]),
        })),
      ),
  })),
};

function spoil(methods: (catalog: DimensionCatalog) => Partial<DimensionCatalog>): Open<DimensionCatalogSubject> {
  return async () => {
    const catalog: DimensionCatalog = new InMemoryDimensionCatalog();
    return { catalog: replaceMethods(catalog, methods(catalog)), close: async () => {} };
  };
}

async function* mapLines(
  chunks: AsyncIterable<Uint8Array>,
  map: (row: string[]) => string[],
): AsyncIterable<Uint8Array> {
  const bytes = new Uint8Array(Buffer.concat(await collect(chunks)));
  for (const row of decodeStagedLines(bytes)) yield encodeStagedLine(map(row));
}

async function* mapChunks(chunks: AsyncIterable<Uint8Array>, map: (chunk: Uint8Array) => Uint8Array) {
  for await (const chunk of chunks) yield map(chunk);
}

function cutAtLastLine(chunk: Uint8Array): Uint8Array {
  return chunk.subarray(0, chunk.lastIndexOf(10) + 1);
}
