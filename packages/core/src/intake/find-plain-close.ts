import { KIND, KIND_OF } from './byte-kinds.ts';
import type { ByteWindow } from './byte-window.ts';
import { firstMarked, markUncommon, WORD_BYTES } from './byte-words.ts';

/**
 * The place of the quote that closes the value from `start` on, where that is plain: ASCII in one line, without a quote in
 * it, and what ends the field right behind it. Else -1: such a value needs the careful reader.
 */
export function findPlainClose({ bytes, view }: ByteWindow, start: number): number {
  let at = start;
  for (;;) {
    const marks = markUncommon(view.getInt32(at, true));
    if (marks === 0) {
      at += WORD_BYTES;
      continue;
    }
    at += firstMarked(marks);
    const kind = KIND_OF[bytes[at]!]!;
    if (kind === KIND.quote) return KIND_OF[bytes[at + 1]!]! >= KIND.comma ? at : -1;
    if (kind > KIND.comma || kind === KIND.unusual) return -1;
    at++;
  }
}
