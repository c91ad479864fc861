import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRedshift, type RedshiftSubject } from './redshift-subject.ts';

const ROLE = "IAM_ROLE 'arn:aws:iam::123456789012:role/copy'";
let redshift: RedshiftSubject;
let prefix = '';
let cases = 0;

beforeAll(async () => {
  redshift = await openRedshift();
  const s3 = new S3Client(redshift.simulator.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'out' }));
  s3.destroy();
  await redshift.batch(
    'CREATE TABLE t (id VARCHAR(64), n INTEGER, price DECIMAL(8, 2))',
    "INSERT INTO t VALUES ('a', 1, 1.5), ('b', NULL, NULL), ('', 3, 0), ('tab\t\"\\\\\n', 4, 2)",
  );
});

beforeEach(() => {
  prefix = `case-${++cases}/p_`;
});

afterAll(() => redshift.close());

const unload = (options = '', select = 'SELECT id, n, price FROM t') =>
  redshift.execute(`UNLOAD ('${select}') TO 's3://out/${prefix}' ${ROLE} ${options}`);
const objects = () => redshift.simulator.context.objects;
const names = () =>
  objects()
    .keysBelow('out', prefix)
    .map((key) => key.slice(prefix.length));
const read = (name: string) => objects().read('out', prefix + name)!;
const SORTED = 'SELECT id, n, price FROM t ORDER BY n';

describe('UNLOAD', () => {
  test('writes several files, so that nobody relies on one', async () => {
    const { Error: fault, ResultRows } = await unload();
    expect([fault, ResultRows, names()]).toEqual([undefined, 4, ['0000_part_00', '0001_part_00']]);
  });

  test('writes one file where PARALLEL is OFF, in the order of the query', async () => {
    await unload("PARALLEL OFF DELIMITER '\\t' ESCAPE", SORTED);
    expect(names()).toEqual(['000']);
    expect(read('000').toString()).toBe('a\t1\t1.50\n\t3\t0.00\ntab\\\t"\\\\\\\n\t4\t2.00\nb\t\t\n');
  });

  test('quotes every field where ADDQUOTES says so, with a header on demand', async () => {
    await unload("PARALLEL OFF DELIMITER ',' ADDQUOTES ESCAPE HEADER NULL AS 'null'", `${SORTED} LIMIT 4`);
    expect(read('000').toString()).toBe(
      '"id","n","price"\n"a","1","1.50"\n"","3","0.00"\n"tab\t\\"\\\\\\\n","4","2.00"\n"b",null,null\n'
        .replace('null,null', '"null","null"')
        .replaceAll('"null"', 'null'),
    );
  });

  test.each([
    ['GZIP', '.gz', gunzipSync],
    ['ZSTD', '.zst', zstdDecompressSync],
  ])('packs its files with %s', async (option, ending, unpack) => {
    await unload(`${option} PARALLEL OFF`, 'SELECT n FROM t ORDER BY n');
    expect(unpack(read(`000${ending}`)).toString()).toBe('1\n3\n4\n\n');
  });

  test('names its files in a manifest', async () => {
    await unload('MANIFEST');
    const { entries } = JSON.parse(read('manifest').toString());
    expect(entries).toEqual([{ url: `s3://out/${prefix}0000_part_00` }, { url: `s3://out/${prefix}0001_part_00` }]);
  });

  test('tells rows and bytes in a VERBOSE manifest', async () => {
    await unload('MANIFEST VERBOSE PARALLEL OFF');
    const meta = { content_length: read('000').length, record_count: 4 };
    expect(JSON.parse(read('manifest').toString())).toEqual({
      entries: [{ url: `s3://out/${prefix}000`, meta }],
      meta,
    });
  });

  test('writes files of a query without rows all the same', async () => {
    expect((await unload('', 'SELECT id FROM t WHERE n > 100')).ResultRows).toBe(0);
    expect(names().map((name) => read(name).length)).toEqual([0, 0]);
  });

  test('fails where files lie there already, replaces them with ALLOWOVERWRITE, removes all with CLEANPATH', async () => {
    await unload('PARALLEL ON');
    expect((await unload('PARALLEL OFF')).Error).toMatch('Specified unload destination on S3 is not empty');
    expect((await unload('PARALLEL OFF ALLOWOVERWRITE')).Status).toBe('FINISHED');
    expect(names()).toEqual(['000', '0000_part_00', '0001_part_00']);
    expect((await unload('PARALLEL OFF CLEANPATH')).Status).toBe('FINISHED');
    expect(names()).toEqual(['000']);
    expect((await unload('ALLOWOVERWRITE CLEANPATH')).Error).toMatch('mutually exclusive');
  });

  test('takes a query with doubled quotes', async () => {
    await unload('PARALLEL OFF', "SELECT n FROM t WHERE id = ''a''");
    expect(read('000').toString()).toBe('1\n');
  });

  test('sees what its transaction wrote, and its files outlive it', async () => {
    const { Status } = await redshift.batch(
      "INSERT INTO t VALUES ('new', 9, 9)",
      `UNLOAD ('SELECT id FROM t WHERE n = 9') TO 's3://out/${prefix}' ${ROLE} PARALLEL OFF`,
      'SELECT 1 / 0',
    );
    expect([Status, read('000').toString()]).toEqual(['FAILED', 'new\n']);
  });

  test('fails without a role, for a missing bucket and for a query that fails', async () => {
    expect((await redshift.execute("UNLOAD ('SELECT 1') TO 's3://out/x'")).Error).toMatch('CREDENTIALS argument');
    expect((await redshift.execute(`UNLOAD ('SELECT 1') TO 's3://none/x' ${ROLE}`)).Error).toMatch(
      'S3ServiceException',
    );
    expect((await unload('', 'SELECT x FROM t')).Error).toMatch('column "x" does not exist');
  });

  test('is read back by COPY as it was', async () => {
    const form = "DELIMITER '\\t' ESCAPE ZSTD";
    await unload(`${form} MANIFEST NULL AS '\\\\N'`);
    await redshift.batch(
      'CREATE TABLE back (LIKE t)',
      `COPY back FROM 's3://out/${prefix}manifest' ${ROLE} ${form} MANIFEST`,
    );
    const of = (table: string) => redshift.select(`SELECT id, n, price FROM ${table} ORDER BY n`);
    expect(await of('back')).toEqual(await of('t'));
  });
});
