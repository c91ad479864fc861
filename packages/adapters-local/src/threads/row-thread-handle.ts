import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PortError } from '@weir/core';
import type { Piece, PieceFile, PieceResult } from '@weir/core/row-work';
import type { PieceWorker } from './piece-worker.ts';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';
import { workersFailed } from './workers-failed.ts';

/** A thread makes little garbage, and that is short-lived; more room for it is only more memory. Megabytes. */
const YOUNG_GENERATION = 8;

const PROGRAM = new URL(`./row-thread${extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  readonly resolve: (result: PieceResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One thread. It looks up in the memory of the dimensions itself where that is shared, else in a copy of it. It does not
 * keep the process alive while nobody waits for it.
 */
export class RowThreadHandle implements PieceWorker {
  readonly #worker: Worker;
  #waiting: Waiting[] = [];
  #fault: PortError | undefined;

  constructor() {
    this.#worker = new Worker(PROGRAM, {
      name: 'weir-rows',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: ThreadAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`it ended with exit code ${code}`)));
  }

  open(file: number, { products, customers, ...options }: PieceFile): void {
    const posted = { ...options, products: products.state(), customers: customers.state() };
    this.#post({ kind: 'open', file, options: posted });
  }

  work(file: number, no: number, piece: Piece, after: number | undefined): Promise<PieceResult> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#worker.ref();
      this.#waiting.push({ resolve, reject });
      this.#post({ kind: 'work', file, no, piece, after });
    });
  }

  drop(file: number, no: number): void {
    this.#post({ kind: 'drop', file, no });
  }

  closeFile(file: number): void {
    this.#post({ kind: 'close', file });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  #settle(answer: ThreadAnswer): void {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if (answer.kind === 'result') waiting?.resolve(answer.result);
    else waiting?.reject(workersFailed(answer.message));
  }

  #fail(cause: Error): void {
    this.#fault ??= workersFailed(cause.message, cause);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#fault);
  }
}
