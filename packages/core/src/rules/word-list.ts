import { foldWord } from '../policy/policy.ts';

/** A list of words of the policy, found without regard to letter case and repeated inner spaces. */
export class WordList {
  private readonly spellings: readonly Uint8Array[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(words: readonly string[]) {
    this.spellings = words.map((word) => new TextEncoder().encode(word));
    this.places = new Map(words.map((word, place) => [foldWord(word), place]));
  }

  /** The place in the list of the word in `bytes[start, end)`, from 0; -1 where it is not in the list. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const { spellings } = this;
    for (let place = 0; place < spellings.length; place++) {
      if (equals(spellings[place]!, bytes, start, end)) return place;
    }
    return this.places.get(foldWord(this.decoder.decode(bytes.subarray(start, end)))) ?? -1;
  }
}

function equals(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) {
    if (word[i] !== bytes[start + i]) return false;
  }
  return true;
}
