import type { ReadRecord, ReadResult } from './read-csv.ts';

export interface CsvModelOptions {
  readonly columns: readonly string[];
  readonly maxRecordBytes: number;
  /** The longest value of a listed column that is believed to span lines. */
  readonly maxValueBytes: number;
}

/** What a reader tells, but for words that are only told to people. */
export type ModelResult = Omit<ReadResult, 'refusal'> & { readonly refusal: string | undefined };

/** A quoted field with blanks around its quotes, or a plain one. */
const FIELD = /[ \t]*"((?:[^"]|"")*)"[ \t]*(?=[,\r\n]|$)|([^",\r\n]*)(?=[,\r\n]|$)/y;
const BREAK = /\r\n|\r|\n/g;

interface Found {
  readonly fields: readonly { readonly value: string; readonly length: number; readonly spansLines: boolean }[];
  readonly end: number;
}

/**
 * What the rules say about the bytes of a whole file, one character a byte: written in regular expressions, slowly and from
 * the page alone.
 */
export function readByModel(bytes: string, options: CsvModelOptions): ModelResult {
  const { columns, maxRecordBytes } = options;
  const records: ReadRecord[] = [];
  let names: readonly string[] | undefined;
  let slots: readonly number[] = [];
  let header: string | undefined;
  let blankLines = 0;
  let line = 1;
  let at = bytes.startsWith('\xef\xbb\xbf') ? 3 : 0;
  const result = (refusal?: string): ModelResult => {
    const ignored = names?.filter((_, place) => slots[place] === -1);
    return { refusal, header, ignored, blankLines, records };
  };

  while (at < bytes.length) {
    const lineEnd = findBreak(bytes, at);
    const found = findRecord(bytes, at);
    const isLong = found !== undefined && found.end - at > maxRecordBytes;
    const spansLines = found !== undefined && found.end > lineEnd;
    const isOne =
      found !== undefined && !isLong && (!spansLines || names === undefined || isBelieved(found, slots, options));
    const end = isOne ? found.end : lineEnd;
    const raw = bytes.slice(at, end);
    if (names === undefined && raw.length > maxRecordBytes) return result('file-not-text');
    if (raw.length <= maxRecordBytes && /^[ \t]*$/.test(raw)) blankLines++;
    else if (names === undefined) {
      if (!isText(raw)) return result('file-not-text');
      if (!isOne) return result('header-missing-column');
      const told = found.fields.map(({ value }) => utf8(value).trim());
      const places = told.map((name) => columns.indexOf(name.toLowerCase()));
      if (columns.some((_, slot) => !places.includes(slot))) return result('header-missing-column');
      if (places.some((slot, place) => slot >= 0 && places.indexOf(slot) !== place))
        return result('header-duplicate-column');
      [names, slots, header] = [told, places, utf8(raw)];
    } else {
      const fault = findFault(raw, isOne ? found.fields.length : undefined, slots.length, maxRecordBytes);
      const valueIn = (slot: number) => trim(utf8(found!.fields[slots.indexOf(slot)]!.value));
      records.push({
        line,
        faults: fault === undefined ? [] : [fault],
        values: fault === undefined ? columns.map((_, slot) => valueIn(slot)) : undefined,
        raw: raw.slice(0, maxRecordBytes),
      });
    }
    const next = end + (BREAK_AT.exec(bytes.slice(end, end + 2))?.[0].length ?? 0);
    line += bytes.slice(at, next).match(BREAK)?.length ?? 0;
    at = next;
  }
  return result();
}

/** @param fields how many there are; undefined where the quotes do not pair */
function findFault(raw: string, fields: number | undefined, wanted: number, maxRecordBytes: number) {
  if (raw.length > maxRecordBytes) return 'row-too-long';
  if (fields === undefined) return 'row-quoting';
  if (!isText(raw)) return 'row-encoding';
  return fields === wanted ? undefined : 'row-field-count';
}

const BREAK_AT = /^(?:\r\n|\r|\n)/;

/** The record that starts at a place, where its quotes pair and stand around whole fields. */
function findRecord(bytes: string, start: number): Found | undefined {
  const fields: Found['fields'][number][] = [];
  for (let at = start; ; at++) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(bytes);
    if (match === null) return undefined;
    const [{ length }, quoted, plain] = match;
    const value = quoted ?? plain!;
    fields.push({ value: value.replaceAll('""', '"'), length: value.length, spansLines: /[\r\n]/.test(value) });
    at += length;
    if (bytes[at] !== ',') return { fields, end: at };
  }
}

function isBelieved({ fields }: Found, slots: readonly number[], { maxValueBytes }: CsvModelOptions): boolean {
  if (fields.length !== slots.length) return false;
  return fields.every(({ length, spansLines }, place) => slots[place] === -1 || !spansLines || length <= maxValueBytes);
}

function findBreak(bytes: string, start: number): number {
  const length = bytes.slice(start).search(/[\r\n]/);
  return length < 0 ? bytes.length : start + length;
}

function isText(bytes: string): boolean {
  try {
    utf8(bytes);
    return !bytes.includes('\0');
  } catch {
    return false;
  }
}

function utf8(bytes: string): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
}

function trim(text: string): string {
  return text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
}
