import type { FileWorkers, RowWorkers } from '@weir/core';
import type { PieceFile } from '@weir/core/row-work';
import { RowThreadHandle } from './row-thread-handle.ts';
import type { ThreadRequest } from './thread-messages.ts';

/** A thread has to start, and to compile its code anew: below this many bytes the main thread would be done by then. */
const WORTH_FROM = 16 * 1024 * 1024;

/** Threads of this process. They look up in the memory of the dimensions itself where that is shared, else in copies of it. */
export class ThreadRowWorkers implements RowWorkers {
  readonly count: number;
  readonly worthFrom: number;
  #threads: readonly RowThreadHandle[] = [];
  #files = 0;

  /** @param count of threads, from 1 */
  constructor(count: number, worthFrom = WORTH_FROM) {
    this.count = count;
    this.worthFrom = worthFrom;
  }

  /** Starts the threads, which takes a moment, if they do not run yet. `openFile` does it, too. */
  start(): void {
    if (this.#threads.length === 0) this.#threads = Array.from({ length: this.count }, () => new RowThreadHandle());
  }

  openFile({ products, customers, ...options }: PieceFile): FileWorkers {
    this.start();
    const threads = this.#threads;
    const file = this.#files++;
    const tellAll = (request: ThreadRequest) => {
      for (const thread of threads) thread.post(request);
    };
    const posted = { ...options, products: products.state(), customers: customers.state() };
    tellAll({ kind: 'open', file, options: posted });
    return {
      createBuffer: (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)),
      work: (worker, no, piece, after) => threads[worker]!.ask({ kind: 'work', file, no, piece, after }),
      drop: (worker, no) => threads[worker]!.post({ kind: 'drop', file, no }),
      close: () => tellAll({ kind: 'close', file }),
    };
  }

  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.close()));
  }
}
