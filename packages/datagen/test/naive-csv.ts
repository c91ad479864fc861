/**
 * A slow, plain reader of CSV with recovery, written from the business rules alone. It shares no code with the
 * generator.
 */

const MEBIBYTE = 1024 * 1024;

export type NaiveRecord =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly fault: 'row-quoting' | 'row-encoding' | 'row-too-long' };

/** All records, the header first; blank lines are left out. */
export function readRecords(bytes: Buffer): NaiveRecord[] {
  const text = bytes.toString('latin1');
  const records: NaiveRecord[] = [];
  let at = text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0;
  let line = 1;
  while (at < text.length) {
    const { end, fields } = readRecord(text, at);
    const raw = bytes.subarray(at, end);
    if (raw.length > MEBIBYTE) records.push({ line, fault: 'row-too-long' });
    else if (fields === undefined) records.push({ line, fault: 'row-quoting' });
    else if (!isText(raw)) records.push({ line, fault: 'row-encoding' });
    else if (end > at) records.push({ line, fields: fields.map(decode) });
    const next = end + (text.startsWith('\r\n', end) ? 2 : 1);
    line += text.slice(at, next).match(/\r\n|\r|\n/g)?.length ?? 0;
    at = next;
  }
  return records;
}

/** `fields` is missing where the quotes are wrong; `end` is then the first physical line break. */
function readRecord(text: string, start: number): { end: number; fields?: string[] } {
  const malformed = { end: nextMatch(text, start, /[\r\n]/g) };
  const fields: string[] = [];
  for (let at = start; ; ) {
    const first = nextMatch(text, at, /[^ \t]/g);
    let field = '';
    let end = 0;
    if (text[first] === '"') {
      let close = first + 1;
      for (;;) {
        close = text.indexOf('"', close);
        if (close === -1 || close - start > MEBIBYTE) return malformed;
        if (text[close + 1] !== '"') break;
        close += 2;
      }
      end = nextMatch(text, close + 1, /[^ \t]/g);
      if (end < text.length && !',\r\n'.includes(text[end] as string)) return malformed;
      field = text.slice(first + 1, close).replaceAll('""', '"');
    } else {
      end = nextMatch(text, at, /[,\r\n"]/g);
      if (text[end] === '"') return malformed;
      field = text.slice(at, end);
    }
    fields.push(field.replace(/^[ \t]+|[ \t]+$/g, ''));
    if (text[end] !== ',') return { end, fields };
    at = end + 1;
  }
}

function nextMatch(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function isText(raw: Buffer): boolean {
  if (raw.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(raw);
    return true;
  } catch {
    return false;
  }
}

function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
