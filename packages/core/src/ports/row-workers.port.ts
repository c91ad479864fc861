import type { Piece } from '../staging/piece-cutter.ts';
import type { PieceFile, PieceResult } from '../staging/piece-work.ts';

/** Workers that read rows at the same time, for instance the threads of a process. */
export interface RowWorkers {
  /** Above 0. The last one is given fewer pieces: it is the thread that asks, where that is one of them. */
  readonly count: number;
  /** Bytes of the smallest file that they read sooner than one thread does. */
  readonly worthFrom: number;
  /** Makes the file known to all workers. */
  openFile(file: PieceFile): FileWorkers;
}

/** The workers as far as one file is concerned; each does its pieces one after the other, in the order of the calls. */
export interface FileWorkers {
  /** Room for the bytes of a piece, which may be used again when the piece was worked on. */
  createBuffer(bytes: number): Uint8Array;
  /**
   * See `PieceWork.work`. The bytes must not change until the result is there.
   *
   * @param worker from 0 to below the count
   * @throws PortError `workers.failed`
   */
  work(worker: number, no: number, piece: Piece, after: number | undefined): Promise<PieceResult>;
  /** See `PieceWork.drop`. */
  drop(worker: number, no: number): void;
  /** More than once if need be. */
  close(): void;
}
