import { readByModel } from '../../support/csv-model.ts';
import { cutAt, readChunks } from '../../support/read-csv.ts';
import { readSettings } from '../read-settings.ts';
import { requireSame } from '../require-same.ts';

const COLUMNS = ['a', 'b'];
const HEADERS = ['', 'a,b\n', 'b,x,A\r\n', '\xef\xbb\xbf"a",b\r', 'a,b,note\n'];
const LIMITS = [16, 17, 64, 256, 1024];
const GOOD = '1,2\n';

export const maxBytes = 1500;
export const dictionary = [
  ...['"', '""', '"""', ',', '\n', '\r', '\r\n', ' ', '\t', '\0', '\xff', 'a', 'b', 'a,b', '1,2\n', '"1","2"\r\n'],
  ...[
    '\xef\xbb\xbf',
    '\xef\xbb\xbf\xef\xbb\xbfa,b\n',
    '\xc3\xa9',
    '\xe6\x97\xa5',
    '\xf0\x9f\x98\x80',
    '\xed\xa0\x80',
    '\xc0\x80',
    '\xf4\x90\x80\x80',
  ],
  ...['",\n,"', '"\r\n"', '\n"x\ny",', 'x'.repeat(63), `"${'x'.repeat(30)}\n`, ' "1" ', '1"', '="1"', '\xff\xfe'],
];

/** The reader of CSV: says what the model says however its bytes are cut, and costs no record but the bad one. */
export function fuzz(input: Uint8Array): void {
  const { choose, rest } = readSettings(input);
  const header = choose(HEADERS);
  const maxRecordBytes = choose(LIMITS);
  const batchSize = choose([1, 2, 256]);
  const cuts = [choose.number(), choose.number(), choose.number()];
  const text = header + rest;
  const bytes = latin1(text);

  const whole = readChunks([bytes], { maxRecordBytes, batchSize: 3 });
  const cut = readChunks(
    cutAt(
      bytes,
      cuts.map((place) => place % (bytes.length + 1)),
    ),
    { maxRecordBytes, batchSize },
  );
  requireSame('cut in other places, it is read otherwise', cut, whole);
  const model = readByModel(text, { columns: COLUMNS, maxRecordBytes, maxValueBytes: 64 });
  requireSame('the model reads it otherwise', { ...whole, refusal: whole.refusal?.code }, model);

  const { records } = readChunks([latin1(`a,b\n${GOOD}${rest}\n${GOOD}`)], { maxRecordBytes });
  for (const record of [records[0], records.at(-1)]) {
    requireSame('a good neighbour is not read', record?.values, ['1', '2']);
  }
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
