import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Piece, type PieceFile, type PieceResult, PieceWork } from '@weir/core/row-work';
import type { PieceWorker } from './piece-worker.ts';
import { workersFailed } from './workers-failed.ts';

/** The main thread, which would only wait for the others. Between two pieces it sees to what else there is to do. */
export class MainThreadWorker implements PieceWorker {
  readonly #files = new Map<number, PieceWork>();
  #before: Promise<unknown> = Promise.resolve();

  open(file: number, options: PieceFile): void {
    this.#files.set(file, new PieceWork(options));
  }

  work(file: number, no: number, piece: Piece, after: number | undefined): Promise<PieceResult> {
    const result = this.#before.then(async () => {
      await nextTurn();
      return this.#workNow(file, no, piece, after);
    });
    this.#before = result.catch(() => undefined);
    return result;
  }

  drop(file: number, no: number): void {
    this.#files.get(file)?.drop(no);
  }

  closeFile(file: number): void {
    this.#files.delete(file);
  }

  async close(): Promise<void> {
    this.#files.clear();
    await this.#before;
  }

  #workNow(file: number, no: number, piece: Piece, after: number | undefined): PieceResult {
    const work = this.#files.get(file);
    if (work === undefined) throw workersFailed('its file was closed');
    try {
      return work.work(no, piece, after);
    } catch (error) {
      throw workersFailed(error instanceof Error ? error.message : String(error));
    }
  }
}
