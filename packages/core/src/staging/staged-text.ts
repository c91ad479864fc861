/**
 * Staged text is how rows travel to and from a warehouse: one line a row, ended by a line feed; columns separated by a tab;
 * tab, line feed, carriage return and backslash inside a value preceded by a backslash; UTF-8; no NULL, an empty value is
 * an empty string. Postgres reads and writes it as `COPY` in text format, Redshift with `DELIMITER '\t' ESCAPE`.
 */
const TAB = 9;
const LF = 10;
const CR = 13;
const BACKSLASH = 92;

/** Encodes one line, for tests and small tables; the row path writes the same form without strings. */
export function encodeStagedLine(values: readonly (string | number)[]): Uint8Array {
  return new TextEncoder().encode(`${values.map((value) => escapeStagedValue(String(value))).join('\t')}\n`);
}

/** One value as it stands in a line. */
export function escapeStagedValue(value: string): string {
  return value.replace(/[\t\n\r\\]/g, (special) => `\\${special}`);
}

/** Decodes whole lines. Also reads the letter forms (`\n`, `\t`, `\r`) in which Postgres writes control characters. */
export function decodeStagedLines(bytes: Uint8Array): string[][] {
  const rows: string[][] = [];
  const value = new Uint8Array(bytes.length);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let row: string[] = [];
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === BACKSLASH) {
      value[length++] = unescapeByte(bytes[++i]!);
    } else if (byte === TAB || byte === LF) {
      row.push(decoder.decode(value.subarray(0, length)));
      length = 0;
      if (byte === LF) {
        rows.push(row);
        row = [];
      }
    } else {
      value[length++] = byte;
    }
  }
  return rows;
}

/** The byte that an escaped byte stands for. */
export function unescapeByte(escaped: number): number {
  switch (escaped) {
    case 98: // b
      return 8;
    case 102: // f
      return 12;
    case 110: // n
      return LF;
    case 114: // r
      return CR;
    case 116: // t
      return TAB;
    case 118: // v
      return 11;
    default:
      return escaped;
  }
}
