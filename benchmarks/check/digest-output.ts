import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFormat } from '../harness/subject.ts';
import { Digest } from './digest.ts';
import { readRecords, SEPARATOR } from './read-records.ts';

export interface OutputDigest {
  readonly rows: string;
  readonly rejects: string;
}

/** `file_no` and `source_line`, which only staged text has. */
const STAGED_EXTRA_COLUMNS = 2;
const BETWEEN = String.fromCharCode(SEPARATOR);
const VALUES = 8;

/** What a transform wrote, in a form in which two of them can be compared. */
export function digestOutput(folder: string, format: OutputFormat): OutputDigest {
  const rows = new Digest();
  const skip = format === 'staged' ? STAGED_EXTRA_COLUMNS : 0;
  for (const path of filesOf(folder, 'rows')) {
    readRecords(path, format, (bytes, length) => {
      const start = placeAfter(bytes, skip);
      rows.add(start === 0 ? bytes : bytes.subarray(start), length - start);
    });
  }
  const rejects = new Digest();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const toText = format === 'staged' ? ofStagedReject : ofCsvReject;
  for (const path of filesOf(folder, 'rejects')) {
    readRecords(path, format, (bytes, length) => {
      const text = encoder.encode(toText(decoder.decode(bytes.subarray(0, length)).split(BETWEEN)));
      rejects.add(text, text.length);
    });
  }
  return { rows: String(rows), rejects: String(rejects) };
}

/** Files of that name, with any ending, or all files in a folder of that name. */
function filesOf(folder: string, name: string): string[] {
  const found = readdirSync(folder).filter((entry) => entry.startsWith(name));
  if (found.length === 0) throw new Error(`there are no ${name} in ${folder}`);
  return found.flatMap((entry) => {
    const path = join(folder, entry);
    if (statSync(path).isFile()) return [path];
    const parts = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((part) => isData(part));
    return parts.map((part) => join(path, part)).filter((part) => statSync(part).isFile());
  });
}

/** Spark leaves its marks and checksums beside the data. */
function isData(part: string): boolean {
  const name = part.slice(part.lastIndexOf('/') + 1);
  return !name.startsWith('.') && !name.startsWith('_');
}

function placeAfter(bytes: Uint8Array, columns: number): number {
  let at = 0;
  for (let seen = 0; seen < columns; at++) if (bytes[at] === SEPARATOR) seen++;
  return at;
}

/** `file_no, source_line, raw_record, raw_encoding, raw_truncated, faults` as values and codes. */
function ofStagedReject([, , record = '', encoding, , faults = '[]']: string[]): string {
  const raw = encoding === 'base64' ? Buffer.from(record, 'base64').toString('latin1') : record;
  const codes = (JSON.parse(faults) as { code: string }[]).map(({ code }) => code);
  return canonical(splitRecord(raw), codes);
}

function ofCsvReject(record: string[]): string {
  return canonical(record.slice(0, VALUES), (record[VALUES] ?? '').split(';').filter(Boolean));
}

function canonical(values: string[], codes: string[]): string {
  return [...values, codes.sort().join(';')].join(BETWEEN);
}

function splitRecord(record: string): string[] {
  // A comma before each value, so that none is matched by nothing.
  const fields = `,${record}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(fields, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
