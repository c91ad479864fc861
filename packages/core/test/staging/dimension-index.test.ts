import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildDimensionIndex } from '../../src/staging/build-dimension-index.ts';
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
});
