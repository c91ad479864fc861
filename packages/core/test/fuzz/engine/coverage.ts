/** What istanbul keeps of one file: how often each statement, function and branch ran. */
export interface FileCounters {
  readonly s: Record<string, number>;
  readonly f: Record<string, number>;
  readonly b: Record<string, number[]>;
}

/** How often is one of these, so that a loop that runs once more is nothing new, but one that runs twice as often is. */
const SCALE_STEPS = 8;

/** Reads the counters of the instrumented code. A feature is a place in it and how often it ran, on a rough scale. */
export class Coverage {
  readonly #files: readonly FileCounters[];
  readonly #everRun = new Set<number>();
  #places = 0;

  constructor(files: readonly FileCounters[]) {
    this.#files = files;
    this.takeFeatures();
  }

  /** Statements, functions and branches. */
  get places(): number {
    return this.#places;
  }

  /** How many of them ran since the start. */
  get placesRun(): number {
    return this.#everRun.size;
  }

  /** The features since the last call; counts anew. */
  takeFeatures(): number[] {
    const features: number[] = [];
    let place = 0;
    const take = (counts: Record<string, number> | number[], key: string | number) => {
      const count = (counts as Record<string, number>)[key]!;
      if (count > 0) {
        this.#everRun.add(place);
        features.push(place * SCALE_STEPS + toScale(count));
        (counts as Record<string, number>)[key] = 0;
      }
      place++;
    };
    for (const { s, f, b } of this.#files) {
      for (const key in s) take(s, key);
      for (const key in f) take(f, key);
      for (const key in b) for (let side = 0; side < b[key]!.length; side++) take(b[key]!, side);
    }
    this.#places = place;
    return features;
  }
}

function toScale(count: number): number {
  if (count < 4) return count - 1;
  return Math.min(SCALE_STEPS - 1, 2 + Math.floor(Math.log2(count / 2)));
}
