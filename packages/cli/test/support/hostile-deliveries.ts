import { gzipSync } from 'node:zlib';
import { HEADER } from './csv.ts';

/** What becomes of a delivery: the status of its file, or the codes of its rejects and the ids that it brings. */
export interface HostileDelivery {
  readonly name: string;
  readonly content: Uint8Array;
  readonly refused?: string;
  readonly status?: string;
  readonly rejects?: Readonly<Record<string, number>>;
  /** How many of its rejects are not text. */
  readonly binary?: number;
  readonly ids?: readonly string[];
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const row = (id: string) => `${id},C1,P1,2,4.50,2023-03-15,Cash,Completed`;
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

/** A good row before and one after the bad records. */
function around(name: string, bad: readonly string[], rejects: Record<string, number>, binary = 0): HostileDelivery {
  const ids = [`${name}-first`, `${name}-last`];
  const content = latin1(lines(HEADER, row(ids[0]!), ...bad, row(ids[1]!)));
  return { name: `${name}.csv`, content, rejects, binary, ids };
}

function refused(name: string, content: Uint8Array, code = 'file-not-text'): HostileDelivery {
  return { name, content, refused: code };
}

function gzipped(name: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const packed = [gzipSync(lines(HEADER, row(`${name}-1`))), ...parts];
  return Buffer.concat(packed.map((part) => (typeof part === 'string' ? latin1(part) : part)));
}

export const HOSTILE_DELIVERIES: readonly HostileDelivery[] = [
  // Encodings.
  around('latin1', [row('\xe9')], { 'row-encoding': 1 }, 1),
  around('overlong', [row('\xc0\x80'), row('\xe0\x80\xaf')], { 'row-encoding': 2 }, 2),
  around('surrogates', [row('\xed\xa0\x80\xed\xb0\x80')], { 'row-encoding': 1 }, 1),
  around('beyond-unicode', [row('\xf4\x90\x80\x80')], { 'row-encoding': 1 }, 1),
  around('half-a-character', [row('x').replace('Completed', 'Completed\xf0\x9f')], { 'row-encoding': 1 }, 1),
  around('nul', [row('a\0b'), `"${row('x').replaceAll(',', '","')}\0"`], { 'row-encoding': 2 }, 2),
  around('utf16-inside', [utf16(row('x')).toString('latin1')], { 'row-encoding': 1 }, 1),
  refused('utf16-le.csv', Buffer.concat([latin1('\xff\xfe'), utf16(lines(HEADER, row('x')))])),
  refused('utf16-be.csv', Buffer.concat([latin1('\xff\xfe'), utf16(lines(HEADER, row('x')))]).swap16()),
  refused('utf16-without-mark.csv', utf16(lines(HEADER, row('x')))),
  refused(
    'utf32.csv',
    Buffer.concat([
      latin1('\xff\xfe\0\0'),
      Buffer.from(Uint32Array.from(lines(HEADER), (c) => c.charCodeAt(0)).buffer),
    ]),
  ),
  { name: 'marked.csv', content: latin1(`\xef\xbb\xbf${lines(HEADER, row('marked-1'))}`), ids: ['marked-1'] },
  around('two-files-in-one', [`\xef\xbb\xbf${HEADER}`], { 'quantity-not-an-integer': 1 }),
  around('end-of-file-mark', ['\x1a'], { 'row-field-count': 1 }),

  // Spreadsheets.
  {
    name: 'trailing-commas.csv',
    content: latin1(lines(`${HEADER},,`, `${row('commas-1')},,`, `${row('commas-2')},,`)),
    ids: ['commas-1', 'commas-2'],
  },
  {
    name: 'trailing-commas-lost.csv',
    content: latin1(lines(`${HEADER},,`, `${row('lost-1')},,`, row('lost-2'), `${row('lost-3')},`)),
    rejects: { 'row-field-count': 2 },
    ids: ['lost-1'],
  },
  around('trailing-commas-of-a-row', [`${row('x')},,`], { 'row-field-count': 1 }),
  around('emptied-rows', [',,,,,,,', ',,,,,,,'], { 'transaction-id-blank': 2 }),
  around('formulas', [row('="x"')], { 'row-quoting': 1 }),
  refused('separator-line.csv', latin1(lines('sep=,', HEADER, row('x'))), 'header-missing-column'),
  refused('semicolons.csv', latin1(lines(HEADER, row('x')).replaceAll(',', ';')), 'header-missing-column'),

  // Quotes.
  around('quote-not-closed', [`"${row('x')}`], { 'row-quoting': 1 }),
  {
    name: 'two-stray-quotes.csv',
    content: latin1(lines(HEADER, `"${row('x')}`, row('between'), `${row('x')}"`)),
    rejects: { 'row-quoting': 2 },
    ids: ['between'],
  },
  around('quote-of-inches', [row('5" plate')], { 'row-quoting': 1 }),

  // Gzip.
  refused('cut.csv.gz', gzipped('cut').subarray(0, -5)),
  refused('cut-second-member.csv.gz', gzipped('second', gzipSync(lines(row('x'))).subarray(0, -5))),
  refused('rows-behind.csv.gz', gzipped('behind', lines(row('x')))),
  refused('rows-behind-padding.csv.gz', gzipped('padding', Buffer.alloc(600), gzipSync(lines(row('x'))))),
  refused(
    'one-byte-wrong.csv.gz',
    gzipped('wrong').map((byte, at) => (at === 40 ? byte ^ 0x55 : byte)),
  ),
  refused('gzip-in-gzip.csv.gz', gzipSync(gzipped('twice'))),
  refused('not-gzip.csv.gz', latin1(lines(HEADER, row('x')))),
  refused('gzip-named-csv.csv', gzipped('named')),
  {
    name: 'members.csv.gz',
    content: gzipped('members', gzipSync(''), gzipSync(lines(row('members-2')))),
    ids: ['members-1', 'members-2'],
  },
  { name: 'padded.csv.gz', content: gzipped('padded', Buffer.alloc(600)), ids: ['padded-1'] },
  { name: 'nothing.csv.gz', content: gzipSync(''), status: 'empty' },
];
