export interface BenchOptions {
  readonly rounds: number;
  /** Sizes of the transform, smallest first. */
  readonly rows: readonly number[];
  readonly isQuick: boolean;
}

export function inWords(rows: number): string {
  return rows >= 1e6 ? `${rows / 1e6} million rows` : `${rows / 1e3} thousand rows`;
}
