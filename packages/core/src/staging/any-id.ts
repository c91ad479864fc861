import { DimensionIndex, type DimensionIndexState } from './dimension-index.ts';

/** Takes every id for known, with nothing to join: for rows that are checked without a dimension. */
export class AnyId extends DimensionIndex {
  override find(): boolean {
    return true;
  }

  override touch(): number {
    return 0;
  }

  override state(): DimensionIndexState {
    return { ...super.state(), takesAnyId: true };
  }
}
