import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from '@jest/globals';
import { buildDimensionIndex, type DimensionIndexState } from '@weir/core';

const CORE = new URL('../../core/src/row-work.ts', import.meta.url).href;

/** Looks up ids and answers with their tails, and with the first byte of its pool when the asking thread has changed it. */
const PROGRAM = `
  import { parentPort, workerData } from 'node:worker_threads';
  import { DimensionIndex } from ${JSON.stringify(CORE)};
  const index = DimensionIndex.of(workerData.state);
  const tails = workerData.ids.map((id) => {
    const key = Buffer.from(id);
    if (!index.find(DimensionIndex.hash(key, 0, key.length), key, 0, key.length)) return undefined;
    return Buffer.from(index.pool.subarray(index.tailStart, index.tailEnd)).toString();
  });
  parentPort.postMessage({ size: index.size, tails });
  parentPort.once('message', () => parentPort.postMessage(index.pool[0]));
`;

function lookUpElsewhere(state: DimensionIndexState, ids: readonly string[]): Worker {
  const program = new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`);
  return new Worker(program, { workerData: { state, ids }, execArgv: [] });
}

async function* lines(count: number) {
  for (let i = 0; i < count; i++) yield Buffer.from(`C-${i}\tlevel ${i}\n`);
}

describe('another thread', () => {
  test.each([true, false])(
    'finds what was put into the index, in the same memory where it is shared: %s',
    async (shared) => {
      const index = await buildDimensionIndex(lines(5000), { shared });
      const worker = lookUpElsewhere(index.state(), ['C-0', 'C-4999', 'C-5000', '']);
      try {
        const [answer] = await once(worker, 'message');
        expect(answer).toEqual({ size: 5000, tails: ['level 0', 'level 4999', undefined, undefined] });
        const before = index.pool[0]!;
        index.pool[0] = 99;
        worker.postMessage('changed');
        expect(await once(worker, 'message')).toEqual([shared ? 99 : before]);
      } finally {
        await worker.terminate();
      }
    },
  );
});
