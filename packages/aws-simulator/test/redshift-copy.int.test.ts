import { gzipSync, zstdCompressSync } from 'node:zlib';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRedshift, type RedshiftSubject } from './redshift-subject.ts';

const ROLE = 'arn:aws:iam::123456789012:role/copy';
const FAILED = "ERROR: Load into table 't' failed.  Check 'sys_load_error_detail' system table for details.";
let redshift: RedshiftSubject;
let prefix = '';
let cases = 0;

beforeAll(async () => {
  redshift = await openRedshift({ roles: [ROLE] });
  const s3 = new S3Client(redshift.simulator.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'stage' }));
  s3.destroy();
});

beforeEach(async () => {
  prefix = `case-${++cases}/`;
  await redshift.batch(
    'DROP TABLE IF EXISTS t',
    'CREATE TABLE t (id VARCHAR(4) NOT NULL, n INTEGER, price DECIMAL(8, 2), day DATE, at TIMESTAMP)',
  );
});

afterAll(() => redshift.close());

const put = (name: string, body: string | Uint8Array) =>
  redshift.simulator.putObjectAt('stage', prefix + name, Buffer.from(body as string), new Date());
const manifest = (...entries: readonly object[]) => put('manifest', JSON.stringify({ entries }));
const entry = (name: string, more: object = { mandatory: true }) => ({ url: `s3://stage/${prefix}${name}`, ...more });
const copy = (options: string, path = '', table = 't') =>
  redshift.execute(`COPY ${table} FROM 's3://stage/${prefix}${path}' IAM_ROLE '${ROLE}' ${options}`);
const TABS = "DELIMITER '\\t' ESCAPE COMPUPDATE OFF STATUPDATE OFF";
const FROM_MANIFEST = `MANIFEST ${TABS}`;
const DEFAULTS = ['', '1', '1', '', ''];
const row = (...fields: readonly string[]) => `${DEFAULTS.map((value, i) => fields[i] ?? value).join('\t')}\n`;
const ids = async () => (await redshift.select('SELECT id FROM t ORDER BY id')).flat();
const loadErrors = () =>
  redshift.select('SELECT line_number, column_name, error_code, error_message FROM sys_load_error_detail ORDER BY 1');

describe('COPY with a manifest', () => {
  test.each([
    ['', (text: string) => text],
    ['GZIP', gzipSync],
    ['ZSTD', zstdCompressSync],
  ])('loads the files that it names and no others %s', async (compression, pack) => {
    put('a', pack(row('a')));
    put('a.bak', pack(row('b')));
    put('c', pack(row('c')));
    manifest(entry('a'), entry('c'));
    const { Error: fault, ResultRows } = await copy(`${FROM_MANIFEST} ${compression}`, 'manifest');
    expect([fault, ResultRows, await ids()]).toEqual([undefined, 2, ['a', 'c']]);
  });

  test('loads a file twice that it names twice', async () => {
    put('a', row('a'));
    manifest(entry('a'), entry('a'));
    await copy(FROM_MANIFEST, 'manifest');
    expect(await ids()).toEqual(['a', 'a']);
  });

  test('passes over a file that is missing, unless it is mandatory', async () => {
    put('a', row('a'));
    manifest(entry('a'), entry('missing', {}));
    expect((await copy(FROM_MANIFEST, 'manifest')).Status).toBe('FINISHED');
    manifest(entry('a'), entry('missing'));
    expect((await copy(FROM_MANIFEST, 'manifest')).Error).toMatch('The specified key does not exist');
    expect(await ids()).toEqual(['a']);
  });

  test('fails where the manifest is missing or is none', async () => {
    expect((await copy(FROM_MANIFEST, 'manifest')).Error).toMatch('The specified key does not exist');
    put('manifest', row('a'));
    expect((await copy(FROM_MANIFEST, 'manifest')).Error).toMatch('not in correct json format');
  });
});

test('COPY without a manifest loads whatever begins with the path', async () => {
  put('a', row('a'));
  put('a.bak', row('b'));
  await copy(TABS, 'a');
  expect(await ids()).toEqual(['a', 'b']);
  expect((await copy(TABS, 'nothing')).Error).toMatch("The specified S3 prefix 'case-");
});

describe('a value', () => {
  test('has its decimals cut off, where INSERT would round them; ROUNDEC rounds', async () => {
    put('a', row('a', '1', '20.259') + row('b', '1', '-0.019') + row('c', '1', '.999'));
    await copy(TABS, 'a');
    await copy(`${TABS} ROUNDEC`, 'a');
    expect(await redshift.select('SELECT id, price FROM t ORDER BY id, price')).toEqual([
      ...[
        ['a', '20.25'],
        ['a', '20.26'],
        ['b', '-0.02'],
        ['b', '-0.01'],
        ['c', '0.99'],
        ['c', '1.00'],
      ],
    ]);
  });

  test('is NULL where it is empty and not a string; a string stays empty', async () => {
    put('a', '\t\t\t\t\n');
    await copy(TABS, 'a');
    expect(await redshift.select('SELECT id, n, price, day, at FROM t')).toEqual([['', null, null, null, null]]);
    expect((await copy(`${TABS} EMPTYASNULL`, 'a')).Error).toBe(FAILED);
    expect(await loadErrors()).toContainEqual([1, 'id', 1213, 'Missing data for not-null field']);
  });

  test('keeps what a backslash stands before: tab, line feed, carriage return, backslash', async () => {
    await redshift.execute('DROP TABLE t');
    await redshift.execute('CREATE TABLE t (id VARCHAR(64), n INTEGER)');
    put('a', 'a\\\tb\\\nc\\\rd\\\\e\\nf\t1\n\\N\t2\n');
    await copy(TABS, 'a');
    expect(await redshift.select('SELECT id FROM t ORDER BY n')).toEqual([['a\tb\nc\rd\\enf'], [null]]);
  });

  test('of days and times is taken as it is written', async () => {
    put('a', row('a', '1', '1', '2024-02-29', '2023-03-15 01:02:03.456'));
    await copy(TABS, 'a');
    expect(await redshift.select('SELECT day, at FROM t')).toEqual([['2024-02-29', '2023-03-15 01:02:03.456']]);
  });
});

describe('a line is bad', () => {
  test.each([
    ['whose string has more bytes than its column', row('é€'), 'id', 1204, 'String length exceeds DDL length'],
    ['whose number is none', row('a', 'x1'), 'n', 1207, "Invalid digit, Value 'x', Pos 0, Type: Integer"],
    ['whose number is too large', row('a', '2147483648'), 'n', 1204, 'Overflow, Column type: Integer'],
    ['with too many digits before the point', row('a', '1', '1234567.1'), 'price', 1204, 'Overflow for NUMERIC(8,2)'],
    ['with no such day', row('a', '1', '1', '2023-02-29'), 'day', 1205, expect.stringMatching('Invalid Date Format')],
    [
      'with no such time',
      row('a', '1', '1', '', '2023-02-28 24:00:00'),
      'at',
      1206,
      expect.stringMatching('timestamp'),
    ],
    ['with fewer fields than columns', 'a\t1\n', '', 1214, 'Delimiter not found'],
    ['with more fields than columns', 'a\t1\t1\t\t\t\n', '', 1202, 'Extra column(s) found'],
    ['with invalid UTF-8', Buffer.from([0xff, 9, 9, 9, 9, 10]), '', 1220, expect.stringMatching('UTF8')],
  ])('%s', async (_, line, column, code, reason) => {
    put('a', Buffer.concat([Buffer.from(row('good')), Buffer.from(line as string)]));
    const { Error: fault, RedshiftQueryId } = await copy(TABS, 'a');
    expect(fault).toBe(FAILED);
    const detail = `SELECT file_name, line_number, column_name, error_code, error_message FROM sys_load_error_detail
      WHERE query_id = ${RedshiftQueryId}`;
    expect(await redshift.select(detail)).toEqual([[`s3://stage/${prefix}a`, 2, column, code, reason]]);
    expect(await redshift.select('SELECT COUNT(*) FROM t')).toEqual([[0]]);
  });

  test('and is passed over in silence while MAXERROR allows it', async () => {
    put('a', row('a') + row('b', 'x') + row('c') + row('d', 'x'));
    const { Status, RedshiftQueryId } = await copy(`${TABS} MAXERROR 2`, 'a');
    expect([Status, await ids()]).toEqual(['FINISHED', ['a', 'c']]);
    const errors = `SELECT line_number, raw_line, raw_field_value FROM stl_load_errors WHERE query = ${RedshiftQueryId}`;
    expect(await redshift.select(errors)).toEqual([
      [2, row('b', 'x').slice(0, -1), 'x'],
      [4, row('d', 'x').slice(0, -1), 'x'],
    ]);
    expect((await copy(`${TABS} MAXERROR 1`, 'a')).Error).toBe(FAILED);
  });

  test('and undoes the batch that it is in, but not what the error tables tell', async () => {
    put('a', row('a', 'x'));
    const { Error: fault, SubStatements } = await redshift.batch(
      "INSERT INTO t (id) SELECT 'kept'",
      `COPY t FROM 's3://stage/${prefix}a' IAM_ROLE '${ROLE}' ${TABS}`,
    );
    expect(fault).toBe(`Query #2 failed with ${FAILED}`);
    const query = SubStatements![1]!.RedshiftQueryId;
    expect(
      await redshift.select(
        `SELECT COUNT(*) FROM stl_load_errors WHERE query = ${query} AND filename LIKE '%${prefix}a'`,
      ),
    ).toEqual([[1]]);
    expect(await ids()).toEqual([]);
  });
});

test('COPY fills the columns that it names; the others get their default', async () => {
  await redshift.execute("CREATE TABLE chosen (a INTEGER, b VARCHAR(8) DEFAULT 'none', c INTEGER)");
  put('a', '1|2\n');
  await redshift.execute(`COPY chosen (c, a) FROM 's3://stage/${prefix}a' IAM_ROLE '${ROLE}'`);
  expect(await redshift.select('SELECT a, b, c FROM chosen')).toEqual([[2, 'none', 1]]);
});

test('pg_last_copy_count tells the session how many rows its last COPY loaded', async () => {
  put('a', row('a') + row('b'));
  const { Id } = await redshift.batch(
    'CREATE TEMPORARY TABLE s (LIKE t)',
    `COPY s FROM 's3://stage/${prefix}a' IAM_ROLE '${ROLE}' ${TABS}`,
    'SELECT pg_last_copy_count()',
  );
  expect(await redshift.rows(`${Id}:3`)).toEqual([[{ longValue: 2 }]]);
  expect(await redshift.select('SELECT pg_last_copy_count()')).toEqual([[0]]);
});

test.each([
  ['no role', `COPY t FROM 's3://stage/a'`, 'CREDENTIALS argument is required but not found'],
  ['a role that is none', `COPY t FROM 's3://stage/a' IAM_ROLE 'me'`, 'Invalid credentials'],
  ['a role that is not attached', `COPY t FROM 's3://stage/a' IAM_ROLE '${ROLE}2'`, 'is not authorized to assume'],
  [
    'no such table',
    `COPY nowhere FROM 's3://stage/a' IAM_ROLE '${ROLE}'`,
    'Cannot COPY into nonexistent table nowhere',
  ],
  ['no such column', `COPY t (x) FROM 's3://stage/a' IAM_ROLE '${ROLE}'`, 'column "x" of relation "t" does not exist'],
  ['an unknown option', `COPY t FROM 's3://stage/a' IAM_ROLE '${ROLE}' MANIFST`, 'syntax error at or near "MANIFST"'],
])('COPY fails for %s', async (_, sql, fault) => {
  expect((await redshift.execute(sql)).Error).toMatch(fault);
});

test('COPY fails for a file that is not compressed as it says', async () => {
  put('a', row('a'));
  expect((await copy(`${TABS} ZSTD`, 'a')).Error).toMatch('The ZSTD file cannot be read');
  put('b', zstdCompressSync(row('a').repeat(1000)).subarray(0, -4));
  expect((await copy(`${TABS} ZSTD`, 'b')).Error).toMatch('The ZSTD file cannot be read');
});
