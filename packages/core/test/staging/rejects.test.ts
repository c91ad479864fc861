import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { FAULTS } from '../../src/rules/faults.ts';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { MAX_RAW_RECORD_BYTES } from '../../src/staging/stage-columns.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../support/dimensions.ts';
import { cutEvery } from '../support/read-csv.ts';
import { runRowPath } from '../support/run-row-path.ts';

let products: DimensionIndex;
let customers: DimensionIndex;
beforeAll(async () => {
  products = await indexOf(PRODUCTS);
  customers = await indexOf(CUSTOMERS);
});

const HEADER = `${TRANSACTION_COLUMNS.join(',')}\n`;
const reject = (row: string | Uint8Array, maxRecordBytes?: number) => {
  const policy = parsePolicy(maxRecordBytes === undefined ? {} : { maxRecordBytes });
  const bytes = Buffer.concat([Buffer.from(HEADER), Buffer.from(row), Buffer.from('\n')]);
  return runRowPath([bytes], { products, customers, policy }).rejects;
};
const padded = (bytes: number, filler = 'x') =>
  `T,C-1,P-1,2,x,2023-03-15,PayPal,${filler.repeat(bytes)}`.slice(0, bytes);

describe('a reject', () => {
  test('keeps the record as delivered, its line and all faults with their columns and texts', () => {
    const quoted = ' "T ""1""\t\\" ,C-9,P-1, 0 ,"5.","2023-02-29",Cash,"\r\n?" ';
    expect(reject(quoted)).toEqual([
      {
        file_no: 1,
        source_line: 2,
        raw_record: quoted,
        raw_encoding: 'text',
        raw_truncated: 0,
        faults: [
          'quantity-not-positive',
          'price-not-a-decimal',
          'date-not-a-date',
          'status-unknown',
          'customer-unknown',
        ].map((code) => FAULTS.find((fault) => fault.code === code)),
      },
    ]);
  });

  test.each([
    ['a byte that is not UTF-8', Buffer.from('T,\xff\t\\', 'latin1')],
    ['a NUL', Buffer.from('T,\0')],
    ['half a character at its end', Buffer.from('T,\xe2\x82', 'latin1')],
  ])('with %s keeps its bytes as base64', (_, row) => {
    expect(reject(row)).toMatchObject([
      {
        raw_record: row.toString('base64'),
        raw_encoding: 'base64',
        raw_truncated: 0,
        faults: [{ code: 'row-encoding' }],
      },
    ]);
  });

  test('of many bytes that are not text comes back from base64 whole', () => {
    const row = Buffer.from(Array.from({ length: 40_000 }, (_, i) => 128 + (i % 128)));
    const [kept] = reject(row);
    expect(Buffer.from(kept!.raw_record, 'base64').equals(row)).toBe(true);
  });

  test('keeps so many bytes, and says where there were more', () => {
    expect(reject(padded(MAX_RAW_RECORD_BYTES))).toMatchObject([
      { raw_record: padded(MAX_RAW_RECORD_BYTES), raw_truncated: 0 },
    ]);
    expect(reject(padded(MAX_RAW_RECORD_BYTES + 1))).toMatchObject([
      { raw_record: padded(MAX_RAW_RECORD_BYTES), raw_encoding: 'text', raw_truncated: 1 },
    ]);
  });

  test.each([
    ['é', 2],
    ['日', 3],
    ['😀', 4],
  ])('is not cut within a character: %s of %i bytes', (character, bytes) => {
    for (let shift = 0; shift < bytes; shift++) {
      const row = `${'x'.repeat(shift)},${character.repeat(30_000)}`;
      const [kept] = reject(row);
      expect(kept).toMatchObject({ raw_encoding: 'text', raw_truncated: 1 });
      expect(row.startsWith(kept!.raw_record)).toBe(true);
      const length = Buffer.byteLength(kept!.raw_record);
      expect(length).toBeLessThanOrEqual(MAX_RAW_RECORD_BYTES);
      expect(length).toBeGreaterThan(MAX_RAW_RECORD_BYTES - bytes);
    }
  });

  test('of bytes that are no part of any character is cut where it is too long', () => {
    const [rejected] = reject(new Uint8Array(MAX_RAW_RECORD_BYTES + 9).fill(0x80));
    expect(rejected).toMatchObject({ raw_encoding: 'base64', raw_truncated: 1 });
    expect(Buffer.from(rejected!.raw_record, 'base64')).toEqual(Buffer.alloc(MAX_RAW_RECORD_BYTES, 0x80));
  });

  test('of a record longer than the limit is marked as cut, be the limit above or below what is kept', () => {
    for (const limit of [1024, MAX_RAW_RECORD_BYTES, MAX_RAW_RECORD_BYTES + 1, 1024 * 1024]) {
      expect(reject(padded(limit + 1), limit)).toMatchObject([
        {
          raw_record: padded(Math.min(limit, MAX_RAW_RECORD_BYTES)),
          raw_encoding: 'text',
          raw_truncated: 1,
          faults: [{ code: 'row-too-long' }],
        },
      ]);
    }
  });

  test.each(['é', '日', '😀'])('of a record longer than the limit is not cut within a character: %s', (character) => {
    for (let shift = 0; shift < 4; shift++) {
      const row = `${'x'.repeat(shift)},${character.repeat(1024)}`;
      const [kept] = reject(row, 1024);
      expect(kept).toMatchObject({ raw_encoding: 'text', raw_truncated: 1 });
      expect(row.startsWith(kept!.raw_record)).toBe(true);
      expect(kept!.raw_record.length).toBeGreaterThan(250);
    }
  });
});

describe('the books of a file', () => {
  const pieces = fc.constantFrom(
    'T,C-1,P-1,1,1,2023-03-15,Cash,Failed\n',
    '"T\n2",C-1,P-1,1,1,2023-03-15,Cash,Failed\r\n',
    'T,C-9,P-9,0,1,2023-03-15,Cash,Failed\n',
    'T,"C\n',
    ',,,\r',
    '\n',
    '\0,\n',
    `${'x'.repeat(1100)}\n`,
    '"',
    '",',
    'é\n',
  );

  test('close for any content: read = staged rows + rejects, and each code is counted once a row', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.integer({ min: 1, max: 300 }), (body, size) => {
        const policy = parsePolicy({ maxRecordBytes: 1024 });
        const bytes = Buffer.from(HEADER + body.join(''));
        const { path, rows, rejects } = runRowPath(cutEvery(bytes, size), {
          products,
          customers,
          policy,
          batchSize: 3,
        });
        expect(path.read).toBe(rows.length + rejects.length);
        expect(path.tally().rejected).toBe(rejects.length);
        const counts: Record<string, number> = {};
        for (const { faults } of rejects) for (const { code } of faults) counts[code] = (counts[code] ?? 0) + 1;
        expect(path.tally().rejectsByCode).toEqual(counts);
      }),
      { numRuns: 500 },
    );
  });
});
