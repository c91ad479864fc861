import type { FileWorkers, RowWorkers } from '@weir/core';
import type { PieceFile } from '@weir/core/row-work';
import { MainThreadWorker } from './main-thread-worker.ts';
import type { PieceWorker } from './piece-worker.ts';
import { RowThreadHandle } from './row-thread-handle.ts';

/** A thread has to start, and to compile its code anew: below this many bytes the main thread would be done by then. */
const WORTH_FROM = 16 * 1024 * 1024;

/** Threads of this process, the main thread among them. */
export class ThreadRowWorkers implements RowWorkers {
  readonly count: number;
  readonly worthFrom: number;
  #workers: readonly PieceWorker[] = [];
  #files = 0;

  /** @param count of threads, from 1 */
  constructor(count: number, worthFrom = WORTH_FROM) {
    this.count = count;
    this.worthFrom = worthFrom;
  }

  /** Starts the threads, which takes a moment, if they do not run yet. `openFile` does it, too. */
  start(): void {
    if (this.#workers.length > 0) return;
    const threads = Array.from({ length: this.count - 1 }, () => new RowThreadHandle());
    // The last one: the main thread has more to do than rows.
    this.#workers = [...threads, new MainThreadWorker()];
  }

  openFile(options: PieceFile): FileWorkers {
    this.start();
    const workers = this.#workers;
    const file = this.#files++;
    for (const worker of workers) worker.open(file, options);
    return {
      createBuffer: (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)),
      work: (worker, no, piece, after) => workers[worker]!.work(file, no, piece, after),
      drop: (worker, no) => workers[worker]!.drop(file, no),
      close: () => {
        for (const worker of workers) worker.closeFile(file);
      },
    };
  }

  async close(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.close()));
  }
}
