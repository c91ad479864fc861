import type { FileWorkers, RowWorkers } from '../ports/row-workers.port.ts';
import { type PieceFile, type PieceResult, PieceWork } from '../staging/piece-work.ts';

/** Workers in this thread that answer late, and in any order of one another. */
export class InMemoryRowWorkers implements RowWorkers {
  readonly count: number;
  readonly worthFrom = 0;
  /** Called before each piece; what it throws is the fault of the worker. */
  readonly pause: (worker: number, no: number) => Promise<void>;
  /** Pieces that were worked on, the dropped ones among them. */
  worked = 0;
  /** Files that are open. */
  files = 0;

  constructor(count: number, pause: (worker: number, no: number) => Promise<void> = async () => undefined) {
    this.count = count;
    this.pause = pause;
  }

  openFile(file: PieceFile): FileWorkers {
    this.files++;
    let isClosed = false;
    const works = Array.from({ length: this.count }, () => new PieceWork(file));
    const queues: Promise<unknown>[] = works.map(() => Promise.resolve());
    const enqueue = <T>(worker: number, task: () => T | Promise<T>): Promise<T> => {
      const done = queues[worker]!.then(task);
      queues[worker] = done.catch(() => undefined);
      return done;
    };
    return {
      createBuffer: (bytes) => new Uint8Array(bytes),
      work: (worker, no, piece, after) =>
        enqueue(worker, async (): Promise<PieceResult> => {
          await this.pause(worker, no);
          this.worked++;
          return works[worker]!.work(no, piece, after);
        }),
      drop: (worker, no) => {
        enqueue(worker, () => works[worker]!.drop(no));
      },
      close: () => {
        if (!isClosed) this.files--;
        isClosed = true;
      },
    };
  }
}
