import { foldWord } from '../policy/fold-word.ts';

interface Spelling {
  readonly bytes: Uint8Array;
  readonly place: number;
}

const BUCKETS = 64;
/** Spellings that are remembered, those of the policy apart: a file hardly has more, and they must not fill memory. */
const MAX_LEARNED = 64;

/**
 * A list of words of the policy, found without regard to letter case and repeated inner spaces. To fold a word is slow, so
 * each spelling is folded once: after that its bytes are known.
 */
export class WordList {
  private readonly places: ReadonlyMap<string, number>;
  private readonly buckets: Spelling[][] = Array.from({ length: BUCKETS }, () => []);
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private learned = 0;

  constructor(words: readonly string[]) {
    this.places = new Map(words.map((word, place) => [foldWord(word), place]));
    for (const [place, word] of words.entries()) this.remember(new TextEncoder().encode(word), place);
  }

  /** The place in the list of the word in `bytes[start, end)`, from 0; -1 where it is not in the list. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (start === end) return -1;
    const bucket = this.buckets[bucketOf(bytes, start, end)]!;
    for (let i = 0; i < bucket.length; i++) {
      const spelling = bucket[i]!;
      if (equals(spelling.bytes, bytes, start, end)) return spelling.place;
    }
    return this.findFolded(bytes.slice(start, end));
  }

  private findFolded(word: Uint8Array): number {
    const place = this.places.get(foldWord(this.decoder.decode(word))) ?? -1;
    if (place >= 0 && this.learned < MAX_LEARNED) {
      this.learned++;
      this.remember(word, place);
    }
    return place;
  }

  private remember(bytes: Uint8Array, place: number): void {
    this.buckets[bucketOf(bytes, 0, bytes.length)]!.push({ bytes, place });
  }
}

/** By length, first byte and middle byte; words of one list hardly share all three. */
function bucketOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  return (length + bytes[start]! * 7 + bytes[start + (length >> 1)]! * 3) % BUCKETS;
}

function equals(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) {
    if (word[i] !== bytes[start + i]) return false;
  }
  return true;
}
