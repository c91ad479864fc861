import { describe, expect, test } from '@jest/globals';
import { MainThreadWorker } from '../../src/threads/main-thread-worker.ts';

const piece = { bytes: new Uint8Array(0), line: 2, startsLine: true, isLast: true };

describe('the main thread as a worker', () => {
  test('fails a piece whose file was closed meanwhile, as a thread does', async () => {
    const worker = new MainThreadWorker();
    await expect(worker.work(1, 0, piece, undefined)).rejects.toMatchObject({
      code: 'workers.failed',
      retryable: true,
    });
    await worker.close();
  });
});
