import { afterLineBreak, COMMA, CR, isBlank, KIND, KIND_OF, LF, QUOTE } from './byte-kinds.ts';

/** What `QuotedRecord.read` found. */
export const QUOTED = {
  /** The record is well formed; the fields of the object describe it. */
  complete: 0,
  /** More bytes are needed. */
  incomplete: 1,
  /** A quoted field is not closed by a delimiter or a line end, or a quote stands inside an unquoted field. */
  malformed: 2,
} as const;

/** Numbers kept a field: start, end, and 1 where the value holds doubled quotes. */
export const FIELD_STEP = 3;

/** The careful reader: RFC 4180 with quotes, and blanks around the quotes ignored. Allocates only to grow. */
export class QuotedRecord {
  /** Bounds of the values inside their quotes, not trimmed, `FIELD_STEP` numbers each. */
  fields = new Int32Array(64 * FIELD_STEP);
  fieldCount = 0;
  /** Where the record's line break stands. */
  end = 0;
  /** Where the next record starts. */
  next = 0;
  /** Line breaks inside quotes. */
  innerLines = 0;

  /**
   * Reads the record that starts at `start`. `bytes[limit]` must be readable (it is ignored); `isLast` says that no more
   * bytes will come.
   */
  read(bytes: Uint8Array, start: number, limit: number, isLast: boolean): number {
    this.fieldCount = 0;
    this.innerLines = 0;
    let at = start;
    for (;;) {
      let first = at;
      while (first < limit && isBlank(bytes[first])) first++;
      if (first < limit && bytes[first] === QUOTE) {
        const close = this.findClosingQuote(bytes, first + 1, limit, isLast);
        if (close < 0) return isLast ? QUOTED.malformed : QUOTED.incomplete;
        at = close + 1;
        while (at < limit && isBlank(bytes[at])) at++;
      } else {
        const end = findFieldEnd(bytes, at, limit);
        if (end < limit && bytes[end] === QUOTE) return QUOTED.malformed;
        this.addField(at, end, 0);
        at = end;
      }
      if (at >= limit) {
        if (!isLast) return QUOTED.incomplete;
        return this.finish(limit, limit);
      }
      const byte = bytes[at];
      if (byte === COMMA) {
        at++;
      } else if (byte === LF || byte === CR) {
        if (byte === CR && at + 1 === limit && !isLast) return QUOTED.incomplete;
        return this.finish(at, afterLineBreak(bytes, at, limit));
      } else {
        return QUOTED.malformed;
      }
    }
  }

  /** The place of the quote that closes the field; -1 where the bytes end before that is known. */
  private findClosingQuote(bytes: Uint8Array, start: number, limit: number, isLast: boolean): number {
    let hasDoubled = 0;
    let at = start;
    for (;;) {
      for (; at < limit; at++) {
        const byte = bytes[at];
        if (byte === QUOTE) break;
        if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) this.innerLines++;
      }
      if (at >= limit || (at + 1 >= limit && !isLast)) return -1;
      if (at + 1 < limit && bytes[at + 1] === QUOTE) {
        hasDoubled = 1;
        at += 2;
      } else {
        this.addField(start, at, hasDoubled);
        return at;
      }
    }
  }

  private addField(start: number, end: number, hasDoubled: number): void {
    const place = this.fieldCount * FIELD_STEP;
    if (place + FIELD_STEP > this.fields.length) {
      const grown = new Int32Array(this.fields.length * 2);
      grown.set(this.fields);
      this.fields = grown;
    }
    this.fields[place] = start;
    this.fields[place + 1] = end;
    this.fields[place + 2] = hasDoubled;
    this.fieldCount++;
  }

  private finish(end: number, next: number): number {
    this.end = end;
    this.next = next;
    return QUOTED.complete;
  }
}

/** Makes each doubled quote in `bytes[start, end)` one, in place; returns the new end. */
export function undoubleQuotes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let from = start; from < end; from++) {
    if (bytes[from] === QUOTE) from++;
    bytes[to++] = bytes[from]!;
  }
  return to;
}

/** The place of the comma, quote or line break that ends an unquoted field; `limit` where there is none. */
function findFieldEnd(bytes: Uint8Array, start: number, limit: number): number {
  let at = start;
  while (at < limit && KIND_OF[bytes[at]!]! < KIND.quote) at++;
  return at;
}
