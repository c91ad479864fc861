import { describe, expect, test } from '@jest/globals';
import type { Split } from '../src/protocol/split.ts';
import { toLine } from '../src/protocol/to-line.ts';
import { verifyResults } from '../src/protocol/verify-results.ts';

const PREFIX = 'runs/run-1/3/';
const HASH = `sha256:${'ab'.repeat(32)}`;
const CHECKSUM = `${'A'.repeat(43)}=`;

const splitOf = (fileNo: number): Split => ({
  kind: 'split',
  fileNo,
  landed: {
    key: `transactions/${fileNo}.csv`,
    size: 100 * fileNo,
    modifiedAt: 1_700_000_000_000,
    version: `v:${fileNo}`,
  },
  committed: [HASH],
});

function deliveryOf(fileNo: number) {
  const { landed } = splitOf(fileNo);
  const place = (table: string) => `${PREFIX}${table}/file-${fileNo}-part-001.zst`;
  return {
    kind: 'delivery',
    fileNo,
    landed,
    outcome: {
      kind: 'staged',
      file: {
        fileNo,
        key: landed.key,
        contentHash: HASH,
        status: 'loaded',
        size: landed.size,
        sourceDay: '2023-03-15',
        sourceModified: landed.modifiedAt,
        header: 'a,b',
        read: 10,
        blankLines: 0,
        rejected: 2,
        rejectsByCode: { 'quantity-not-positive': 2 },
      } as Record<string, unknown>,
      ignoredColumns: [],
      firstRejects: { 'quantity-not-positive': 3 } as Record<string, unknown>,
      parts: [
        { table: 'rows', key: place('rows'), bytes: 50, lines: 8, checksum: CHECKSUM },
        { table: 'rejects', key: place('rejects'), bytes: 20, lines: 2, checksum: CHECKSUM },
      ],
    },
  };
}

const trailerOf = (deliveries: number, rest: object = {}) => ({
  kind: 'trailer',
  deliveries,
  rows: 8 * deliveries,
  rejects: 2 * deliveries,
  dimensions: { products: 5, customers: 7 },
  machine: 'x',
  ...rest,
});

const PARTITIONS = [[splitOf(1), splitOf(3)], [splitOf(2)]];
const verify = (...printed: unknown[]) => verifyResults(PARTITIONS, printed.map(toLine), PREFIX);
const refusal = (...printed: unknown[]) => {
  try {
    verify(...printed);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('results', () => {
  test('count where every split is answered once, in its partition, with a trailer', () => {
    const { deliveries, trailers } = verify(deliveryOf(1), deliveryOf(3), trailerOf(2), deliveryOf(2), trailerOf(1));
    expect([...deliveries.keys()].sort()).toEqual([1, 2, 3]);
    expect(trailers).toHaveLength(2);
  });

  test.each<[string, unknown[]]>([
    ['no line at all', []],
    ['no trailer', [deliveryOf(1), deliveryOf(3), trailerOf(2), deliveryOf(2)]],
    ['a partition that printed nothing', [deliveryOf(1), deliveryOf(3), trailerOf(2)]],
    ['a partition more', [deliveryOf(1), deliveryOf(3), trailerOf(2), deliveryOf(2), trailerOf(1), trailerOf(0)]],
    ['a split without an answer', [deliveryOf(1), trailerOf(1), deliveryOf(2), trailerOf(1)]],
    ['a split that is answered twice', [deliveryOf(1), deliveryOf(1), trailerOf(2), deliveryOf(2), trailerOf(1)]],
    ['the answers of another partition', [deliveryOf(2), trailerOf(1), deliveryOf(1), deliveryOf(3), trailerOf(2)]],
    [
      'a trailer of too few',
      [deliveryOf(1), deliveryOf(3), trailerOf(2, { deliveries: 1 }), deliveryOf(2), trailerOf(1)],
    ],
    [
      'a trailer of other lines',
      [deliveryOf(1), deliveryOf(3), trailerOf(2, { rows: 1 }), deliveryOf(2), trailerOf(1)],
    ],
    [
      'other dimensions in one partition',
      [
        deliveryOf(1),
        deliveryOf(3),
        trailerOf(2),
        deliveryOf(2),
        trailerOf(1, { dimensions: { products: 5, customers: 6 } }),
      ],
    ],
    ['something that is no line of ours', ['hello', trailerOf(2)]],
  ])('do not count with %s', (_, printed) => {
    expect(refusal(...printed)).toMatchObject({ code: 'job.protocol' });
  });

  const file = (change: object) => (line: ReturnType<typeof deliveryOf>) => Object.assign(line.outcome.file, change);
  const part = (change: object) => (line: ReturnType<typeof deliveryOf>) =>
    Object.assign(line.outcome.parts[0]!, change);

  test.each<[string, (line: ReturnType<typeof deliveryOf>) => unknown]>([
    ['of another version', (line) => Object.assign(line, { landed: { ...line.landed, version: 'v:9' } })],
    ['of another time', file({ sourceModified: 1 })],
    ['of another key', file({ key: 'transactions/9.csv' })],
    ['of another number', file({ fileNo: 9 })],
    ['of fewer bytes than were listed', file({ size: 1 })],
    ['with more rejects than rows', file({ rejected: 11 })],
    ['with a count below zero', file({ blankLines: -1 })],
    ['with a hash that is none', file({ contentHash: 'sha256:12' })],
    ['with a code that is none', file({ rejectsByCode: { 'no-such-code': 1 } })],
    ['refused without a reason', file({ status: 'refused' })],
    ['empty with rows', file({ status: 'empty' })],
    [
      'with first lines of other codes',
      (line) => Object.assign(line.outcome, { firstRejects: { 'price-negative': 3 } }),
    ],
    ['with a part elsewhere', part({ key: 'runs/run-2/3/rows/file-2-part-001.zst' })],
    ['with a part of an older holder of the lease', part({ key: 'runs/run-1/2/rows/file-2-part-001.zst' })],
    ['with a part of another file', part({ key: `${PREFIX}rows/file-22-part-001.zst` })],
    ['with the part of another table', part({ key: `${PREFIX}rejects/file-2-part-002.zst` })],
    ['with a part twice', (line) => line.outcome.parts.push(line.outcome.parts[0]!)],
    ['with a part too few', (line) => line.outcome.parts.shift()],
    ['with other lines than rows', part({ lines: 9 })],
    ['with a checksum that is none', part({ checksum: 'x' })],
  ])('do not count with a delivery %s', (_, change) => {
    const line = deliveryOf(2);
    change(line);
    const rows = line.outcome.parts.filter(({ table }) => table === 'rows').reduce((sum, { lines }) => sum + lines, 0);
    const printed = [deliveryOf(1), deliveryOf(3), trailerOf(2), line, trailerOf(1, { rows })];
    expect(refusal(...printed)).toMatchObject({ code: 'job.protocol' });
  });

  test('do not count with a known delivery whose hash was never committed', () => {
    const known = (contentHash: string) => ({ ...deliveryOf(2), outcome: { kind: 'known', contentHash } });
    const rest = trailerOf(1, { rows: 0, rejects: 0 });
    const printed = [deliveryOf(1), deliveryOf(3), trailerOf(2)];
    expect(refusal(...printed, known(HASH), rest)).toBeUndefined();
    expect(refusal(...printed, known(`sha256:${'cd'.repeat(32)}`), rest)).toMatchObject({ code: 'job.protocol' });
  });

  test('give way to the fault of a worker: one that will not pass by itself before one that may', () => {
    const fault = (code: string, retryable: boolean) => ({ kind: 'fault', code, message: 'It broke.', retryable });
    expect(refusal(deliveryOf(1), fault('a.passing', true), deliveryOf(2), trailerOf(1))).toMatchObject({
      code: 'a.passing',
      retryable: true,
    });
    expect(refusal(fault('a.passing', true), fault('b.lasting', false))).toMatchObject({ code: 'b.lasting' });
  });

  test('are told without a value of the line', () => {
    const line = deliveryOf(2);
    Object.assign(line.outcome.file, { header: 17, contentHash: 'Jane Doe' });
    expect(String((refusal(line) as Error).message)).not.toMatch(/Jane|17/);
  });
});

test('a line is ASCII whatever it holds, and one line', () => {
  const value = { key: 'é\u2028\n\u{1f600}\ud800', tab: '\t\u007f' };
  const line = toLine(value);
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(line)).toEqual(value);
});
