import type { FileRefusal } from '../ports/warehouse.port.ts';
import { isValidText } from './is-valid-text.ts';
import { FIELD_STEP, QUOTED, QuotedRecord, undoubleQuotes } from './quoted-record.ts';

export interface Header {
  readonly kind: 'header';
  /** For each column of the file the slot of the wanted column, or -1. */
  readonly slots: Int32Array;
  /** Names of columns that are not wanted, as written. */
  readonly ignored: readonly string[];
  /** The record as delivered. */
  readonly text: string;
}

export type HeaderOutcome = Header | { readonly kind: 'refused'; readonly refusal: FileRefusal };

/** Finds the wanted columns by name; surrounding blanks and letter case do not matter. */
export function readHeader(record: Uint8Array, wanted: readonly string[]): HeaderOutcome {
  if (!isValidText(record, 0, record.length)) return refuse('file-not-text', describeBinary(record));
  const text = newDecoder().decode(record);
  const names = readNames(record);
  if (names === undefined) return refuse('header-missing-column', 'the quotes of the header do not pair');

  const slots = Int32Array.from(names, (name) => wanted.indexOf(name.toLowerCase()));
  const counts = wanted.map((_, slot) => slots.filter((taken) => taken === slot).length);
  const missing = wanted.filter((_, slot) => counts[slot] === 0);
  if (missing.length > 0) {
    return refuse(
      'header-missing-column',
      `the header has no column ${missing.join(', ')}; wanted: ${wanted.join(', ')}`,
    );
  }
  const repeated = wanted.filter((_, slot) => counts[slot]! > 1);
  if (repeated.length > 0) {
    return refuse('header-duplicate-column', `the header names more than once: ${repeated.join(', ')}`);
  }
  return { kind: 'header', slots, ignored: names.filter((_, place) => slots[place] === -1), text };
}

export function refuse(code: FileRefusal['code'], message: string): { kind: 'refused'; refusal: FileRefusal } {
  return { kind: 'refused', refusal: { code, message } };
}

function readNames(record: Uint8Array): string[] | undefined {
  const bytes = record.slice();
  const reader = new QuotedRecord();
  if (reader.read(bytes, 0, bytes.length, true) !== QUOTED.complete) return undefined;
  const decoder = newDecoder();
  return Array.from({ length: reader.fieldCount }, (_, place) => {
    const [start, end, hasDoubled] = reader.fields.subarray(place * FIELD_STEP, (place + 1) * FIELD_STEP);
    const stop = hasDoubled === 1 ? undoubleQuotes(bytes, start!, end!) : end!;
    return decoder.decode(bytes.subarray(start, stop)).trim();
  });
}

/** The mark at the start of the file is passed over before; any other is a character. */
function newDecoder() {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}

function describeBinary(record: Uint8Array): string {
  const isUtf16 = (record[0] === 0xff && record[1] === 0xfe) || (record[0] === 0xfe && record[1] === 0xff);
  return isUtf16
    ? 'the file is UTF-16; deliver it as UTF-8'
    : 'the first line is not UTF-8 text; deliver a CSV file in UTF-8, or name a gzip file .gz';
}
