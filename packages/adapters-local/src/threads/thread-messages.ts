import type { DimensionIndexState, Piece, PieceFile, PieceResult } from '@weir/core/row-work';

/** A `PieceFile` that can be posted: the dimensions as the memory that they lie in. */
export type PostedFile = Omit<PieceFile, 'products' | 'customers'> & {
  readonly products: DimensionIndexState;
  readonly customers: DimensionIndexState;
};

/** What a thread is asked for; it answers `work` only, in order. */
export type ThreadRequest =
  | { readonly kind: 'open'; readonly file: number; readonly options: PostedFile }
  | {
      readonly kind: 'work';
      readonly file: number;
      readonly no: number;
      readonly piece: Piece;
      readonly after: number | undefined;
    }
  | { readonly kind: 'drop'; readonly file: number; readonly no: number }
  | { readonly kind: 'close'; readonly file: number };

export type ThreadAnswer =
  | { readonly kind: 'result'; readonly result: PieceResult }
  | { readonly kind: 'fault'; readonly message: string };
