import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAt, cutEvery, type ReadOptions, readChunks } from '../support/read-csv.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Inputs in which the meaning of a byte hangs on its neighbours. */
const DELICATE = [
  '',
  '\ufeffa,b\n1,2\n',
  'a,b\r\n1,2\r\n\r\n3,4\r\n',
  'a,b\r1,2\r\r3,4\r',
  'a,b\n"1""1","2\r\n2"\r\n3,"4"\r"5",6\n',
  'a,b\n1,"2\n3,"4""\n"5\r\n',
  '"a","b"\r\n "1" , "2" \n',
  '\r\n\n\ra,b\n\r\n \t\r',
  'a,b\n1,é日😀\n"é","日😀"\n',
  'a,"b\n1,2\n',
  'a,b\n"",""\n"",\n,""\n"""",""""""\n',
  `a,b\n1,${'x'.repeat(15)}\r\n1,${'x'.repeat(14)}\r\n1,${'x'.repeat(13)}\r\n`,
  `a,b\n1,"${'x'.repeat(30)}"\n2,"${'x'.repeat(30)}\n3,4\r"${'x'.repeat(14)}\r\n5,6`,
];

describe('what is read does not depend on how the bytes are cut', () => {
  test.each(DELICATE.map((text, place) => [place, text] as const))(
    'at one or two places of delicate input %i',
    (_, text) => {
      const bytes = Buffer.from(text);
      for (const maxRecordBytes of [16, 1024]) {
        const whole = readChunks([bytes], { maxRecordBytes });
        for (let first = 0; first <= bytes.length; first++) {
          expect(readChunks(cutAt(bytes, [first]), { maxRecordBytes })).toEqual(whole);
          for (let second = first; second <= bytes.length; second += 1 + Math.floor(bytes.length / 40)) {
            const result = readChunks(cutAt(bytes, [first, second]), { maxRecordBytes });
            if (JSON.stringify(result) !== JSON.stringify(whole)) expect(result).toEqual(whole);
          }
        }
        for (let size = 1; size <= 5; size++)
          expect(readChunks(cutEvery(bytes, size), { maxRecordBytes })).toEqual(whole);
      }
    },
  );

  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('"', '""', ',', '\r', '\n', '\r\n', ' ', '\t') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('x', 'yz', '1,2\n', '"3","4"\r\n', '5,"6\r7"\n', '\0', '\xff', '\xc3\xa9'),
    },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 90 }).map((length) => 'w'.repeat(length)) },
  );
  const body = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  const header = fc.constantFrom('a,b\n', 'b,x,a\r\n', '\xef\xbb\xbfA,"b"\r', '\n\n a ,b\n', '');
  const options: fc.Arbitrary<ReadOptions> = fc.record({
    maxRecordBytes: fc.constantFrom(16, 17, 64, 1024),
    batchSize: fc.constantFrom(1, 2, 1024),
  });

  test('in random input rich in quotes, commas and line breaks, nor on the size of a batch', () => {
    fc.assert(
      fc.property(header, body, options, fc.infiniteStream(fc.nat()), (first, rest, given, places) => {
        const bytes = latin1(first + rest);
        const { maxRecordBytes = 1024 } = given;
        const whole = readChunks([bytes], { maxRecordBytes });
        const cuts = Array.from({ length: 5 }, () => places.next().value! % (bytes.length + 1));
        expect(readChunks(cutAt(bytes, cuts), given)).toEqual(whole);
        expect(readChunks(cutEvery(bytes, 1), given)).toEqual(whole);
      }),
      { numRuns: 800 },
    );
  });

  test('nor on what becomes of a chunk after it was handed over', () => {
    const bytes = latin1('a,b\n1,"2"\n"3\n3",4\n5,6\n');
    const reused = new Uint8Array(4);
    function* chunks() {
      for (const chunk of cutEvery(bytes, 4)) {
        reused.fill(0x22);
        reused.set(chunk);
        yield reused.subarray(0, chunk.length);
      }
    }
    expect(readChunks(chunks())).toEqual(readChunks([bytes]));
  });
});
