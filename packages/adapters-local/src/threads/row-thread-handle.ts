import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PortError } from '@weir/core';
import type { PieceResult } from '@weir/core/row-work';
import type { ThreadAnswer, ThreadRequest } from './thread-messages.ts';

/** A thread makes little garbage, and that is short-lived; more room for it is only more memory. Megabytes. */
const YOUNG_GENERATION = 8;

const PROGRAM = new URL(`./row-thread${extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  readonly resolve: (result: PieceResult) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread. It does not keep the process alive while nobody waits for it. */
export class RowThreadHandle {
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

  post(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  ask(request: Extract<ThreadRequest, { kind: 'work' }>): Promise<PieceResult> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#worker.ref();
      this.#waiting.push({ resolve, reject });
      this.post(request);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
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

function workersFailed(reason: string, cause?: Error): PortError {
  return new PortError({
    code: 'workers.failed',
    message: `A thread that reads rows failed: ${reason}`,
    remedy: 'Run again; nothing was committed. If it happens again, read in one thread with --threads 1.',
    retryable: true,
    cause,
  });
}
