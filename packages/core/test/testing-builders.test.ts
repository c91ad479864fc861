import { describe, expect, test } from '@jest/globals';
import { decodeStagedLines, encodeStagedLine, isHiddenKey, keyWithHash } from '../src/index.ts';
import { decodeStagedRejects, decodeStagedRows } from '../src/testing/decode-stage.ts';
import {
  buildContentHash,
  buildDelivery,
  buildFaults,
  buildStagedReject,
  buildStagedRow,
  encodeStagedReject,
  encodeStagedRow,
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryJobLauncher,
  InMemoryLandingZone,
  ManualClock,
} from '../src/testing/index.ts';

describe('a built row', () => {
  test('has the total and the rank that follow from it', () => {
    const row = buildStagedRow({ quantity: 3, price: '0.05', status: 'Refunded' });
    expect([row.total_amount, row.status_rank]).toEqual(['0.15', 5]);
  });

  test('comes out of its staged line as it went in', () => {
    const row = buildStagedRow({ product_name: 'tab\there \\ "and" \n more', list_price: '5.00' });
    expect(decodeStagedRows(encodeStagedRow(row))).toEqual([row]);
  });

  test('is refused where its line has not all columns, no end or no number', () => {
    const line = new TextDecoder().decode(encodeStagedRow(buildStagedRow()));
    const decode = (text: string) => decodeStagedRows(new TextEncoder().encode(text));
    expect(() => decode(line.replace('\t', ' '))).toThrow('17 values');
    expect(() => decode(line.trimEnd())).toThrow('line feed');
    expect(() => decode(line.replace(/^1/, 'x'))).toThrow('file_no');
  });
});

describe('a built delivery', () => {
  test('counts its rows and its rejects by code, a row once under each code', () => {
    const delivery = buildDelivery({
      rows: [{}],
      rejects: [{ faults: buildFaults('status-unknown', 'price-negative') }, { faults: buildFaults('price-negative') }],
    });
    expect([delivery.read, delivery.rejected]).toEqual([3, 2]);
    expect(delivery.rejectsByCode).toEqual({ 'status-unknown': 1, 'price-negative': 2 });
    expect(delivery.rejects.map(({ source_line }) => source_line)).toEqual([3, 4]);
  });

  test('has a hash that follows from its rows', () => {
    expect(buildDelivery({ rows: [{}] }).contentHash).toBe(buildDelivery({ rows: [{}] }).contentHash);
    expect(buildDelivery({ rows: [{}] }).contentHash).not.toBe(buildDelivery({ rows: [{ quantity: 3 }] }).contentHash);
    expect(buildContentHash('')).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('has rejects that come out of their staged lines as they went in', () => {
    const { rejects } = buildDelivery({ rejects: [{ raw_record: 'a\tb\\' }] });
    expect(decodeStagedRejects(encodeStagedReject(rejects[0]!))).toEqual(rejects);
    expect(decodeStagedLines(encodeStagedReject(rejects[0]!))[0]).toHaveLength(6);
  });
});

test('a manual clock moves by hand only', () => {
  const clock = new ManualClock(1000);
  expect([clock.now(), clock.now()]).toEqual([1000, 1000]);
  clock.advance(-5);
  expect(clock.now()).toBe(995);
});

describe('a key', () => {
  test.each([
    ['x/a.csv', 'x/a.0123456789ab.csv'],
    ['x/a.csv.gz', 'x/a.0123456789ab.csv.gz'],
    ['x/a.CSV.GZ', 'x/a.0123456789ab.CSV.GZ'],
    ['v1.2/a', 'v1.2/a.0123456789ab'],
    ['a.b.csv', 'a.b.0123456789ab.csv'],
    ['a.gz', 'a.0123456789ab.gz'],
    ['a\nb.csv', 'a\nb.0123456789ab.csv'],
  ])('gets the digits of a hash before its ending: %j', (key, expected) => {
    expect(keyWithHash(key, `sha256:0123456789abcdef${'0'.repeat(48)}`)).toBe(expected);
  });

  test.each(['.a', '_a', 'x/.a', '_x/a', 'a.tmp', 'a.csv.part', 'a.CRDOWNLOAD'])('is hidden: %s', (key) => {
    expect(isHiddenKey(key)).toBe(true);
  });

  test.each(['a', 'a_.csv', 'x_/a.csv', 'a.tmp.csv', 'tmp', 'a.tmp/b.csv'])('is not hidden: %s', (key) => {
    expect(isHiddenKey(key)).toBe(false);
  });
});

describe('what is built of nothing', () => {
  test('is one good row, one reject and a delivery without rows', () => {
    expect(buildStagedReject()).toMatchObject({ file_no: 1, source_line: 2, raw_truncated: 0 });
    expect(buildDelivery()).toMatchObject({ read: 0, rejected: 0, rows: [], rejects: [] });
    expect(buildStagedRow({ price: '5', quantity: 3 }).total_amount).toBe('15.00');
  });
});

describe('doubles in memory', () => {
  test('have a place of their own where none is named', () => {
    const landing = new InMemoryLandingZone();
    landing.remove('never there');
    expect([landing.location, new InMemoryFileStore(landing).location]).toEqual(['memory:landing', 'memory:store']);
  });

  test('run any number of jobs where no limit is named; a job ends once, and only one that there is', async () => {
    const launcher = new InMemoryJobLauncher();
    for (let i = 0; i < 20; i++) expect((await launcher.start('run')).kind).toBe('started');
    launcher.end('job-1', { kind: 'failed', reason: 'Broken.' });
    launcher.end('job-1');
    expect((await launcher.read('job-1'))!.state).toEqual({ kind: 'failed', reason: 'Broken.' });
    expect(() => launcher.end('job-99')).toThrow('There is no job job-99.');
  });

  test('take no line of a dimension that has not all its columns', async () => {
    const catalog = new InMemoryDimensionCatalog();
    async function* rows() {
      yield encodeStagedLine(['P-1', 'Kettle']);
    }
    await expect(catalog.load([{ dimension: 'products', rows: rows() }])).rejects.toThrow(
      'A line of products has 2 values.',
    );
  });
});
