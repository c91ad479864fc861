import { expect, test } from '@jest/globals';
import { LineBlocks } from '../../../src/use-cases/replay/line-blocks.ts';

test('lines are joined to blocks of 128 KiB in their order; longer ones are a block of their own', async () => {
  const blocks: Uint8Array[] = [];
  const lines = new LineBlocks(async (block) => void blocks.push(block));
  await lines.flush();
  const sizes = [1, 128 * 1024 - 1, 1, 128 * 1024 + 1, 2, 3];
  for (const [i, size] of sizes.entries()) await lines.add(new Uint8Array(size).fill(i));
  await lines.flush();
  expect(blocks.map(({ length }) => length)).toEqual([128 * 1024, 1, 128 * 1024 + 1, 5]);
  const joined = blocks.flatMap((block) => [...block]);
  expect(Buffer.from(joined)).toEqual(Buffer.concat(sizes.map((size, i) => Buffer.alloc(size, i))));
});
