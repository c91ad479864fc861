import { Corpus } from './engine/corpus.ts';
import type { LoadedTarget } from './engine/load-target.ts';
import { mutate } from './engine/mutate.ts';
import { Random } from './engine/random.ts';
import { shrink } from './engine/shrink.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Inputs that were worth keeping before. */
  readonly kept: readonly Uint8Array[];
  /** Asked before each further input, with the number of those that ran. */
  readonly goesOn: (runs: number) => boolean;
}

export interface FuzzResult {
  readonly runs: number;
  readonly corpus: Corpus;
  /** The shortest input found that fails, and how. */
  readonly failure: { readonly input: Uint8Array; readonly error: unknown } | undefined;
}

/**
 * Fuzzing by coverage: inputs that make the code do what none did before are kept, and changed further. The same seed and
 * kept inputs give the same inputs in the same order.
 */
export async function fuzzTarget({ target, coverage }: LoadedTarget, options: FuzzOptions): Promise<FuzzResult> {
  const random = new Random(options.seed);
  const corpus = new Corpus();
  const dictionary = target.dictionary.map((word) => new Uint8Array(Buffer.from(word, 'latin1')));
  const mutations = { random, dictionary, maxBytes: target.maxBytes, other: () => corpus.any(random) };
  let runs = 0;
  const run = async (input: Uint8Array): Promise<unknown> => {
    runs++;
    try {
      const outcome = target.fuzz(input);
      if (outcome !== undefined) await outcome;
      return undefined;
    } catch (error) {
      return error ?? new Error('nothing was thrown');
    }
  };
  const fail = async (input: Uint8Array): Promise<FuzzResult> => {
    const shortest = await shrink(input, async (shorter) => (await run(shorter)) !== undefined);
    return { runs, corpus, failure: { input: shortest, error: await run(shortest) } };
  };

  for (const input of options.kept) {
    if ((await run(input)) !== undefined) return fail(input);
    corpus.add(input, coverage.takeFeatures());
  }
  while (options.goesOn(runs)) {
    const input = mutate(corpus.any(random), mutations);
    if ((await run(input)) !== undefined) return fail(input);
    corpus.add(input, coverage.takeFeatures());
  }
  return { runs, corpus, failure: undefined };
}
