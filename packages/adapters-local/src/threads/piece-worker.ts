import type { Piece, PieceFile, PieceResult } from '@weir/core/row-work';

/** Who works on pieces: a thread, or the main thread. Files have numbers. */
export interface PieceWorker {
  open(file: number, options: PieceFile): void;
  /** @throws PortError `workers.failed` */
  work(file: number, no: number, piece: Piece, after: number | undefined): Promise<PieceResult>;
  drop(file: number, no: number): void;
  closeFile(file: number): void;
  close(): Promise<void>;
}
