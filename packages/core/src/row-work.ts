/** What a worker needs to work on rows, and nothing else: it starts in a fraction of the time that all of core takes. */
export { AnyId } from './staging/any-id.ts';
export { DimensionIndex, type DimensionIndexState } from './staging/dimension-index.ts';
export type { Piece } from './staging/piece-cutter.ts';
export { type PieceFile, type PieceResult, PieceWork } from './staging/piece-work.ts';
