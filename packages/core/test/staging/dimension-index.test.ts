import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PortError } from '../../src/ports/port-error.ts';
import { AnyId } from '../../src/staging/any-id.ts';
import { buildDimensionIndex } from '../../src/staging/build-dimension-index.ts';
import { dimensionIdRepeated } from '../../src/staging/dimension-id-repeated.ts';
import { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { escapeStagedValue } from '../../src/staging/staged-text.ts';
import { indexOf } from '../support/dimensions.ts';

function find(index: DimensionIndex, id: string): string | undefined {
  // Amid other bytes, so that the bounds count.
  const key = Buffer.from(id);
  const bytes = Buffer.concat([Buffer.from('xx'), key, Buffer.from('yy')]);
  const hash = DimensionIndex.hash(bytes, 2, 2 + key.length);
  if (!index.find(hash, bytes, 2, 2 + key.length)) return undefined;
  return Buffer.from(index.pool.subarray(index.tailStart, index.tailEnd)).toString();
}

function findBytes(index: DimensionIndex, key: Uint8Array): string | undefined {
  if (!index.find(DimensionIndex.hash(key, 0, key.length), key, 0, key.length)) return undefined;
  return Buffer.from(index.pool.subarray(index.tailStart, index.tailEnd)).toString('latin1');
}

function add(index: DimensionIndex, key: Buffer, tail: Buffer): boolean {
  const bytes = Buffer.concat([Buffer.from('xx'), key, Buffer.from('\t'), tail]);
  const end = 2 + key.length;
  return index.add(DimensionIndex.hash(bytes, 2, end), bytes, 2, end, bytes, end + 1, bytes.length);
}

describe('a dimension index', () => {
  const id = fc
    .array(fc.constantFrom('a', 'b', '1', 'é', '\t', '\n', '\r', '\\', 't', 'n', ' '), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join(''));
  const value = fc
    .array(fc.constantFrom('x', 'é', '\t', '\n', '\\', ''), { maxLength: 4 })
    .map((parts) => parts.join(''));

  test('finds what a Map finds, with the columns after the id as staged text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(id, value, value), { maxLength: 60, selector: ([key]) => key }),
        fc.array(id, { maxLength: 30 }),
        fc.integer({ min: 1, max: 64 }),
        async (entries, others, chunkBytes) => {
          const map = new Map(entries.map(([key, ...values]) => [key, values]));
          const index = await indexOf(map, chunkBytes);
          expect(index.size).toBe(map.size);
          for (const key of [...map.keys(), ...others]) {
            expect(find(index, key)).toBe(map.get(key)?.map(escapeStagedValue).join('\t'));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('reads the letter forms in which Postgres writes control characters of an id', async () => {
    async function* chunks() {
      yield Buffer.from('a\\tb\\nc\\rd\\be\\ff\\vg\\\\h\tGold\n');
    }
    const index = await buildDimensionIndex(chunks());
    expect(find(index, 'a\tb\nc\rd\be\ff\vg\\h')).toBe('Gold');
  });

  test('grows from nothing to thirty thousand ids', () => {
    const index = new DimensionIndex({ expected: 1, poolBytes: 1 });
    const key = (i: number) => `P-${i.toString(36)}`;
    for (let i = 0; i < 30_000; i++) add(index, Buffer.from(key(i)), Buffer.from(`tail ${i}`));
    expect(index.size).toBe(30_000);
    for (let i = 0; i < 30_000; i += 7) expect(find(index, key(i))).toBe(`tail ${i}`);
    expect(find(index, 'P-')).toBeUndefined();
    expect(find(index, '')).toBeUndefined();
    expect(find(index, key(30_000))).toBeUndefined();
  });

  test('tells ids of one hash apart', () => {
    const [first, second] = ['C449599', 'C612382'];
    const hashes = [first, second].map((id) => DimensionIndex.hash(Buffer.from(id), 0, id.length));
    expect(hashes[0]).toBe(hashes[1]);
    const index = new DimensionIndex();
    add(index, Buffer.from(first), Buffer.from('one'));
    expect(find(index, second)).toBeUndefined();
    add(index, Buffer.from(second), Buffer.from('two'));
    expect([find(index, first), find(index, second)]).toEqual(['one', 'two']);
  });

  test('does not take an id for a longer or shorter one of the same hash', () => {
    const index = new DimensionIndex();
    add(index, Buffer.from('ab'), Buffer.from('tail'));
    const hash = DimensionIndex.hash(Buffer.from('ab'), 0, 2);
    expect(index.find(hash, Buffer.from('abc'), 0, 2)).toBe(true);
    expect(index.find(hash, Buffer.from('abc'), 0, 3)).toBe(false);
    expect(index.find(hash, Buffer.from('abc'), 0, 1)).toBe(false);
  });

  test('keeps the first of two tails of one id', () => {
    const index = new DimensionIndex();
    add(index, Buffer.from('a'), Buffer.from('first'));
    add(index, Buffer.from('a'), Buffer.from('second'));
    expect(index.size).toBe(1);
    expect(find(index, 'a')).toBe('first');
  });

  test('holds ids of 255 bytes and leaves out longer ones, which no rule lets pass', () => {
    const index = new DimensionIndex();
    add(index, Buffer.from('x'.repeat(255)), Buffer.from('long'));
    add(index, Buffer.from('x'.repeat(256)), Buffer.from('longer'));
    add(index, Buffer.from('x'.repeat(257)), Buffer.from('longest'));
    expect(find(index, 'x'.repeat(255))).toBe('long');
    expect(find(index, 'x'.repeat(256))).toBeUndefined();
    expect(find(index, 'x')).toBeUndefined();
  });

  test('holds tails of any length, and none', () => {
    const index = new DimensionIndex({ expected: 4, poolBytes: 4 });
    add(index, Buffer.from('a'), Buffer.from('t'.repeat(100_000)));
    add(index, Buffer.from('b'), Buffer.from(''));
    expect(find(index, 'a')).toHaveLength(100_000);
    expect(find(index, 'b')).toBe('');
  });

  test('is brought near without a change', () => {
    const index = new DimensionIndex();
    add(index, Buffer.from('a'), Buffer.from('t'));
    expect(Number.isInteger(index.touch(Int32Array.of(1, -5, 2_000_000_000), 3))).toBe(true);
    expect(find(index, 'a')).toBe('t');
  });

  test.each([false, true])(
    'holds what a Map holds while it grows, shared: %s; so does its copy for another thread',
    (shared) => {
      const key = fc.oneof(
        fc.uint8Array({ minLength: 0, maxLength: 3 }),
        fc.uint8Array({ minLength: 254, maxLength: 255 }),
      );
      const tail = fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.integer({ min: 250, max: 300 }).map((length) => new Uint8Array(length).fill(length)),
      );
      fc.assert(
        fc.property(
          fc.array(fc.tuple(key, tail), { maxLength: 200 }),
          fc.array(key, { maxLength: 50 }),
          fc.integer({ min: 0, max: 300 }),
          fc.integer({ min: 1, max: 500 }),
          (entries, others, expected, poolBytes) => {
            const map = new Map<string, string>();
            const index = new DimensionIndex({ expected, poolBytes, shared });
            for (const [bytes, tail] of entries) {
              const id = Buffer.from(bytes).toString('hex');
              const first = map.get(id);
              const value = Buffer.from(tail).toString('latin1');
              expect(add(index, Buffer.from(bytes), Buffer.from(tail))).toBe(first === undefined);
              if (first === undefined) map.set(id, value);
              else expect(index.hasTail(tail, 0, tail.length)).toBe(first === value);
            }
            for (const one of [index, DimensionIndex.of(structuredClone(index.state()))]) {
              expect(one.size).toBe(map.size);
              for (const bytes of [...entries.map(([id]) => id), ...others]) {
                expect(findBytes(one, bytes)).toBe(map.get(Buffer.from(bytes).toString('hex')));
              }
            }
          },
        ),
        { numRuns: 200 },
      );
    },
  );

  test('makes room for as many ids as are expected, where they would fit', () => {
    const index = new DimensionIndex({ maxBytes: 200_000 });
    add(index, Buffer.from('a'), Buffer.from('twelve bytes'));
    const before = index.bytes;
    for (const ids of [0, 1, 10, 1_000_000]) {
      index.expect(ids);
      expect(index.bytes).toBe(before);
    }
    index.expect(5000);
    expect(index.bytes).toBe(before + (8192 - 16) * 8);
    // There is room for the slots, but not for entries beside them.
    index.expect(10_000);
    expect(index.bytes).toBe(before + (8192 - 16) * 8);
    expect(find(index, 'a')).toBe('twelve bytes');
  });
});

describe('an index that outgrows the memory it may take', () => {
  const fill = (index: DimensionIndex) => {
    for (let i = 0; i < 1_000_000; i++) add(index, Buffer.from(`C-${i}`), Buffer.from('Gold'));
  };
  const failureOf = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each([false, true])(
    'tells rows, bytes, the limit and the setting, and never holds more; shared: %s',
    (shared) => {
      for (const maxBytes of [5000, 50_000, 300_000]) {
        const index = new DimensionIndex({ maxBytes, shared, dimension: 'customers' });
        const error = failureOf(() => fill(index));
        expect(error).toMatchObject({
          name: 'PortError',
          code: 'dimensions.too-large',
          retryable: false,
          remedy: expect.stringContaining('--dimension-memory <MB>'),
          context: { dimension: 'customers', rows: index.size + 1, bytes: expect.any(Number), limit: maxBytes },
        });
        expect((error as PortError).context.bytes).toBeGreaterThan(maxBytes);
        expect(index.bytes).toBeLessThanOrEqual(maxBytes);
        expect(index.size).toBeGreaterThan(maxBytes / 40);
        expect(find(index, `C-${index.size - 1}`)).toBe('Gold');
      }
    },
  );

  test('counts what the other dimension takes', () => {
    const limits = { dimension: 'products', maxBytes: 64 * 2 ** 20, takenBytes: 63 * 2 ** 20 } as const;
    const error = failureOf(() => fill(new DimensionIndex(limits)));
    expect((error as PortError).message.replace(/[\d,]+ rows take [\d.]+ MB/, 'N rows take X MB')).toBe(
      'dim_products does not fit into memory: its first N rows take X MB beside the 63.0 MB of the other dimension, ' +
        'more than the 64.0 MB that dimensions may take.',
    );
  });

  test('is told at once where more is expected than it may take', () => {
    const error = failureOf(() => new DimensionIndex({ expected: 1_000_000, maxBytes: 1_000_000 }));
    expect(error).toMatchObject({ code: 'dimensions.too-large', context: { rows: 1_000_000, limit: 1_000_000 } });
  });

  test('is told that no setting helps where its entries cannot be addressed', () => {
    expect(failureOf(() => new DimensionIndex({ poolBytes: 2 ** 31 }))).toMatchObject({
      code: 'dimensions.too-large',
      message: expect.stringContaining('more than the 2047 MB of ids and values that can be addressed'),
      remedy: expect.stringContaining('No setting raises this limit'),
      context: { limit: 2 ** 31 - 1 },
    });
  });
});

describe('an index of staged text', () => {
  async function* cut(text: string, size: number) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  test('takes a line twice where both say the same, also where only one escapes its id', async () => {
    const index = await buildDimensionIndex(cut('a\tx\nb\ty\na\tx\n\\a\tx\n', 5));
    expect(index.size).toBe(2);
    expect(find(index, 'a')).toBe('x');
  });

  test.each([1, 3, 7, 100_000])(
    'is refused where a later line says something else, told at the end; chunks of %s',
    async (size) => {
      const lines = Array.from({ length: 1500 }, (_, i) => `C-${i}\tGold\n`);
      const text = [...lines, 'C-7\tGold\n', 'C-8\tSilver\n', 'C-9\tGol\n', 'C-10\tGold!\n'].join('');
      await expect(buildDimensionIndex(cut(text, size), { dimension: 'customers' })).rejects.toMatchObject({
        name: 'PortError',
        code: 'dimensions.id-repeated',
        message: expect.stringContaining('Row 1502 of customers has the id of an earlier row'),
        context: { row: 1502, count: 3, dimension: 'customers' },
      });
    },
  );

  test('passes on what its source throws, before it tells of repeated ids', async () => {
    const fault = new Error('Gone.');
    async function* broken() {
      yield Buffer.from('a\tx\na\ty\n');
      throw fault;
    }
    await expect(buildDimensionIndex(broken())).rejects.toBe(fault);
  });
});

describe('two rows with one id', () => {
  test.each([
    [1, ''],
    [2, ', and so have 1 other rows'],
    [1000, ', and so have 999 other rows'],
  ])('that differ are told with the first of %i', (count, others) => {
    const error = dimensionIdRepeated('products', 7, count);
    expect(error).toMatchObject({ code: 'dimensions.id-repeated', context: { dimension: 'products', row: 7, count } });
    expect(error.message).toBe(
      `Row 7 of products has the id of an earlier row and says something else${others}. Rows are counted from 1; a header is none.`,
    );
  });

  test('of a dimension without a name are told all the same', () => {
    const error = dimensionIdRepeated(undefined, 7, 1);
    expect(error.message).toMatch(/^Row 7 of a dimension /);
    expect(error.context).toEqual({ row: 7, count: 1 });
  });
});

test('a dimension that takes every id says so to other threads, and joins nothing', () => {
  const any = new AnyId();
  expect(any.state()).toEqual({ ...new DimensionIndex().state(), takesAnyId: true });
  expect([any.find(), any.touch()]).toEqual([true, 0]);
});
