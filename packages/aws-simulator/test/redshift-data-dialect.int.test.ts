import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRedshift, type RedshiftSubject } from './redshift-subject.ts';

let redshift: RedshiftSubject;

beforeAll(async () => {
  redshift = await openRedshift();
  await redshift.execute('CREATE TABLE t (id VARCHAR(3), n INTEGER)');
});

afterAll(() => redshift.close());

const faultOf = async (sql: string) => (await redshift.execute(sql)).Error;
const valuesOf = async (expressions: string) => (await redshift.select(`SELECT ${expressions}`))[0];

describe('a table', () => {
  test('is made with distribution, sort key, encodings and keys; of the keys only NOT NULL is kept', async () => {
    const created = await redshift.batch(
      `CREATE TABLE IF NOT EXISTS keyed (
        id VARCHAR(8) ENCODE zstd DISTKEY PRIMARY KEY, other VARCHAR(8) UNIQUE REFERENCES t (id), n DECIMAL(12, 2) DEFAULT 1 ENCODE az64,
        PRIMARY KEY (id), UNIQUE (other), FOREIGN KEY (other) REFERENCES t (id)
      ) DISTSTYLE KEY COMPOUND SORTKEY (id, n)`,
      "INSERT INTO keyed (id) SELECT 'a' UNION ALL SELECT 'a'",
      'CREATE TABLE made DISTSTYLE ALL SORTKEY (id) AS SELECT id, n FROM keyed',
    );
    expect(created.Error).toBeUndefined();
    expect(await redshift.select('SELECT id, n FROM made')).toEqual([
      ['a', '1.00'],
      ['a', '1.00'],
    ]);
    expect(await faultOf('INSERT INTO keyed (n) SELECT 1')).toBe('ERROR: Cannot insert a NULL value into column id');
  });

  test('made LIKE another has its columns, and their lengths', async () => {
    const { Error: fault } = await redshift.batch(
      'CREATE TEMPORARY TABLE s (LIKE t)',
      "INSERT INTO s SELECT 'four', 1",
    );
    expect(fault).toBe('Query #2 failed with ERROR: value too long for type character varying(3)');
  });

  test('numbers its rows where a column is an IDENTITY', async () => {
    await redshift.batch('CREATE TABLE numbered (no BIGINT IDENTITY(5, 2), v INTEGER)');
    await redshift.execute('INSERT INTO numbered (v) SELECT 1 UNION ALL SELECT 2');
    expect(await redshift.select('SELECT no FROM numbered ORDER BY no')).toEqual([[5], [7]]);
  });

  test.each(['uuid', 'jsonb', 'bytea', 'serial', 'integer[]'])('has no column of the type %s', async (type) => {
    expect(await faultOf(`CREATE TABLE refused (a ${type})`)).toMatch(/^ERROR: /);
  });

  test('has 256 bytes where a column is TEXT', async () => {
    await redshift.execute('CREATE TABLE texts (a TEXT)');
    expect(await faultOf(`INSERT INTO texts SELECT '${'x'.repeat(256)}'`)).toBeUndefined();
    expect(await faultOf(`INSERT INTO texts SELECT '${'x'.repeat(257)}'`)).toMatch('character varying(256)');
  });
});

describe('a VARCHAR', () => {
  test('has a length in bytes', async () => {
    expect(await faultOf("INSERT INTO t SELECT 'abc', 1")).toBeUndefined();
    expect(await faultOf("INSERT INTO t SELECT 'é€', 1")).toBe('ERROR: value too long for type character varying(3)');
    expect(await faultOf("UPDATE t SET id = 'éé'")).toBe('ERROR: value too long for type character varying(3)');
  });

  test('is cut by a CAST at whole characters that fit its bytes', async () => {
    expect(await valuesOf("CAST('aé€' AS VARCHAR(5)), CAST('aé€' AS VARCHAR(6)), LEN('aé€')")).toEqual([
      'aé',
      'aé€',
      3,
    ]);
  });

  test('equals one that differs by blanks at its end, which stay all the same', async () => {
    await redshift.batch('CREATE TABLE l (id VARCHAR(8))', 'CREATE TABLE r (id VARCHAR(8))');
    await redshift.batch("INSERT INTO l SELECT 'a '", "INSERT INTO r SELECT 'a'");
    expect(await redshift.select('SELECT l.id, r.id FROM l JOIN r ON l.id = r.id')).toEqual([['a ', 'a']]);
    expect(await redshift.select("SELECT COUNT(*) FROM l WHERE id = 'a   ' AND id IN ('a') AND id >= 'a'")).toEqual([
      [1],
    ]);
    expect(
      await redshift.select('SELECT COUNT(DISTINCT id) FROM (SELECT id FROM l UNION ALL SELECT id FROM r) u'),
    ).toEqual([[1]]);
    expect(await redshift.select('SELECT COUNT(*) FROM l JOIN r ON l.id || CHR(1) = r.id || CHR(1)')).toEqual([[0]]);
  });

  test('is ordered by its bytes', async () => {
    await redshift.batch('CREATE TABLE o (id VARCHAR(8))', "INSERT INTO o VALUES ('b'), ('B'), ('é'), ('a'), ('_')");
    expect((await redshift.select('SELECT id FROM o ORDER BY id')).flat()).toEqual(['B', '_', 'a', 'b', 'é']);
    expect(await redshift.select('SELECT MIN(id), MAX(id) FROM o')).toEqual([['B', 'é']]);
  });
});

test('functions of Redshift work', async () => {
  expect(
    await valuesOf(
      `NVL(NULL, 'x'), CHR(65), LEN('é'), SHA2('', 256), 'a\\tb\\\\', DATEDIFF('day', '2023-01-01', '2023-03-01'),
       ISNULL(NULL, 1), CAST(1.5 AS DECIMAL), 1.5::DECIMAL`,
    ),
  ).toEqual([
    ...['x', 'A', 1, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'a\tb\\', 59],
    ...[1, '2', '2'],
  ]);
});

test('GETDATE is the time of the statement, SYSDATE that of its transaction', async () => {
  const { Id } = await redshift.batch(
    'SELECT 1',
    'SELECT pg_sleep(1.1)',
    "SELECT SYSDATE < GETDATE(), GETDATE() BETWEEN SYSDATE AND SYSDATE + INTERVAL '1 minute'",
  );
  expect(await redshift.rows(`${Id}:3`)).toEqual([[{ booleanValue: true }, { booleanValue: true }]]);
});

test('INSERT rounds decimals', async () => {
  await redshift.batch('CREATE TABLE d (n DECIMAL(8, 2))', 'INSERT INTO d SELECT 20.259');
  expect(await redshift.select('SELECT n FROM d')).toEqual([['20.26']]);
});

test('a MERGE with two plain clauses runs', async () => {
  const { Error: fault, SubStatements } = await redshift.batch(
    'CREATE TEMPORARY TABLE s (LIKE t)',
    "INSERT INTO s SELECT 'abc', 7 UNION ALL SELECT 'new', 8",
    `MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n
     WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)`,
    'SELECT id, n FROM t ORDER BY id',
  );
  expect([fault, SubStatements![2]!.ResultRows]).toEqual([undefined, -1]);
  expect(await redshift.rows(SubStatements![3]!.Id!)).toHaveLength(2);
});

test('a MERGE fails where two rows of the source match one of the target', async () => {
  const { Error: fault } = await redshift.batch(
    "INSERT INTO t SELECT 'two', 1",
    'CREATE TEMPORARY TABLE s (LIKE t)',
    "INSERT INTO s SELECT 'two', 7 UNION ALL SELECT 'two', 8",
    `MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n
     WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)`,
  );
  expect(fault).toBe('Query #4 failed with ERROR: Found multiple matches to update the same tuple.');
});

test.each([
  ["INSERT INTO t VALUES ('a', 1) ON CONFLICT DO NOTHING"],
  ["INSERT INTO t VALUES ('a', 1) RETURNING id"],
  ['DELETE FROM t RETURNING *'],
  ['SELECT * FROM (VALUES (1)) v (n)'],
  ['SELECT DISTINCT ON (id) id FROM t'],
  ['SELECT id FROM t WHERE id IS DISTINCT FROM n'],
  ["SELECT STRING_AGG(id, ',') FROM t"],
  ['SELECT COUNT(*) FILTER (WHERE n = 1) FROM t'],
  ['SELECT id FROM t FOR UPDATE'],
  ['SELECT NOW(), n FROM t'],
  ['SELECT CURRENT_TIMESTAMP, n FROM t'],
  ['INSERT INTO t SELECT 1, generate_series(1, 3)'],
  ["SELECT ARRAY['a']"],
  ["SELECT E'a'"],
  ['SELECT id FROM t ORDER BY id COLLATE "C"'],
  ['SELECT $1'],
  ['CREATE INDEX i ON t (id)'],
  ['CREATE UNIQUE INDEX i ON t (id)'],
  ['CREATE SEQUENCE s'],
  ['CREATE TABLE x (a INTEGER) PARTITION BY RANGE (a)'],
  ['CREATE TEMPORARY TABLE x (a INTEGER) ON COMMIT DROP'],
  ['SAVEPOINT a'],
  ["SET LOCAL work_mem = '1MB'"],
  ['SELECT 1; SELECT 2'],
  ['MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 1'],
  ['MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND t.n = 1 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)'],
  ['MERGE INTO t AS a USING s ON a.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)'],
  ['MERGE INTO t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)'],
  [
    'WITH s AS (SELECT 1) MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)',
  ],
])('Redshift refuses, whatever Postgres says: %s', async (sql) => {
  await redshift.execute('CREATE TABLE IF NOT EXISTS s (id VARCHAR(3), n INTEGER)');
  expect(await faultOf(sql)).toMatch(/^ERROR: /);
});

test('a fault of the grammar says where it is', async () => {
  expect(await faultOf("INSERT INTO t VALUES ('a', 1) ON CONFLICT DO NOTHING")).toBe(
    'ERROR: syntax error at or near "CONFLICT"\n  Position: 34',
  );
});
