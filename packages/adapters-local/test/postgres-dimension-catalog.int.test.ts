import { beforeEach, describe, expect, test } from '@jest/globals';
import { type DimensionFeed, decodeStagedLines, encodeStagedLine } from '@weir/core';
import { PostgresDimensionCatalog } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';

let place: PostgresPlace;
let catalog: PostgresDimensionCatalog;

beforeEach(async () => {
  place = await openPlace();
  catalog = new PostgresDimensionCatalog({ pool: place.pool });
});

function customers(ids: Iterable<string>, level = 'Gold'): DimensionFeed {
  const rows = (async function* () {
    for (const id of ids) yield encodeStagedLine([id, 'Ada', 'Lovelace', 'ada@example.com', level]);
  })();
  return { dimension: 'customers', rows };
}

async function read(): Promise<string[][]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of catalog.read('customers')) chunks.push(chunk);
  return decodeStagedLines(new Uint8Array(Buffer.concat(chunks)));
}

describe('PostgresDimensionCatalog', () => {
  test('refuses an id that is given twice, and changes nothing', async () => {
    await expect(catalog.load([customers(['C-1', 'C-2', 'C-1'])])).rejects.toMatchObject({
      code: 'warehouse.conflict',
      retryable: false,
    });
    expect(await read()).toEqual([]);
  });

  test('passes on the error of a feed, even where it looks like a lost connection', async () => {
    const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const rows = (async function* () {
      yield encodeStagedLine(['C-1', 'Ada', 'Lovelace', 'ada@example.com', 'Gold']);
      throw error;
    })();
    await expect(catalog.load([{ dimension: 'customers', rows }])).rejects.toBe(error);
    expect(await read()).toEqual([]);
  });

  test('refuses a row that has not the columns of the dimension, and ends the feed', async () => {
    let isEnded = false;
    const rows = (async function* () {
      try {
        for (;;) yield encodeStagedLine(['C-1', 'Ada']);
      } finally {
        isEnded = true;
      }
    })();
    await expect(catalog.load([{ dimension: 'customers', rows }])).rejects.toMatchObject({
      code: 'warehouse.value-refused',
    });
    expect(isEnded).toBe(true);
  });

  test('loads one after the other when two load at once', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `C-${i}`);
    const loads = (
      await Promise.all(['Gold', 'Silver', 'Bronze'].map((level) => catalog.load([customers(ids, level)])))
    ).flat();
    expect(loads.map(({ inserted }) => inserted).sort()).toEqual([0, 0, 500]);
    expect(loads.map(({ updated }) => updated).sort()).toEqual([0, 500, 500]);
    expect(new Set((await read()).map(([, level]) => level)).size).toBe(1);
  });

  test('takes a table twice in one load, one feed after the other', async () => {
    const loads = await catalog.load([customers(['C-1']), customers(['C-1', 'C-2'], 'Silver')]);
    expect(loads.map(({ inserted, updated }) => [inserted, updated])).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  test('does not hold the lock of the writers while it reads its feeds', async () => {
    const rows = (async function* () {
      yield encodeStagedLine(['C-1', 'Ada', 'Lovelace', 'ada@example.com', 'Gold']);
      await new PostgresDimensionCatalog({ pool: place.pool, lockTimeout: 1000 }).load([customers(['C-9'])]);
    })();
    await catalog.load([{ dimension: 'customers', rows }]);
    expect((await read()).map(([id]) => id).sort()).toEqual(['C-1', 'C-9']);
  });
});
