import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { describeShared, sharedPath } from '../../core/test/support/shared-data.ts';
import { findRefusals, REDSHIFT_RULES } from '../src/testing/index.ts';
import { SqlPhrase } from '../src/testing/sql-phrase.ts';
import { tokenizeStatements } from '../src/testing/tokenize-sql.ts';

/** What Postgres runs, by the rule of Redshift that it breaks. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'ON CONFLICT': [
    'INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING',
    'INSERT INTO t SELECT * FROM s ON CONFLICT (a) DO UPDATE SET b = excluded.b',
  ],
  RETURNING: ['DELETE FROM t WHERE a = 1 RETURNING a', 'INSERT INTO t (a) VALUES (1) RETURNING *'],
  MERGE: [
    'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND t.b < s.b THEN UPDATE SET b = s.b WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
    'MERGE INTO t x USING s ON x.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
    'MERGE INTO t AS x USING s ON x.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
    'MERGE INTO t USING (SELECT * FROM s) q ON t.a = q.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (q.a)',
    'WITH q AS (SELECT 1 AS a) MERGE INTO t USING q ON t.a = q.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (q.a)',
    'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b',
    'MERGE INTO n.t x USING s ON x.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
    'MERGE INTO t',
    'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
  ],
  'clock of the leader node': [
    'INSERT INTO t (a) SELECT NOW() FROM s',
    'UPDATE t SET a = CURRENT_TIMESTAMP',
    'SELECT * FROM t WHERE a < LOCALTIMESTAMP',
  ],
  'VALUES as a table': [
    'SELECT * FROM (VALUES (1, 2)) v (a, b)',
    'VALUES (1), (2)',
    'INSERT INTO t SELECT a FROM (VALUES (1)) v (a)',
    'WITH v (a) AS (VALUES (1)) SELECT a FROM v',
  ],
  'IS DISTINCT FROM': ['SELECT a IS DISTINCT FROM b FROM t', 'SELECT 1 FROM t WHERE a IS NOT DISTINCT FROM b'],
  FILTER: ['SELECT COUNT(*) FILTER (WHERE a > 1) FROM t'],
  'DISTINCT ON': ['SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b'],
  array: ['SELECT a FROM t WHERE a = ANY(ARRAY[1, 2])', "SELECT '{1}'::int[]", 'CREATE TABLE t (a INTEGER[])'],
  'JSON operator': ["SELECT a -> 'b' FROM t", "SELECT a ->> 'b' FROM t", "SELECT 1 FROM t WHERE a @> '{}'"],
  'type of Postgres': [
    'CREATE TABLE t (a JSONB)',
    'CREATE TABLE t (a SERIAL PRIMARY KEY)',
    'CREATE TABLE t (a INTEGER, b UUID NOT NULL)',
    "SELECT '{}'::jsonb",
    'SELECT CAST(a AS UUID) FROM t',
    'ALTER TABLE t ADD COLUMN a BYTEA',
  ],
  'timestamp with precision': ['CREATE TABLE t (a TIMESTAMP(3))', 'SELECT CAST(a AS TIMESTAMP(3)) FROM t'],
  'function of Postgres': [
    "SELECT STRING_AGG(a, ',') FROM t",
    'SELECT ARRAY_AGG(a) FROM t',
    'SELECT UNNEST(a) FROM t',
    'SELECT gen_random_uuid()',
    'SELECT pg_advisory_xact_lock(1)',
    'SELECT clock_timestamp()',
  ],
  generate_series: ['INSERT INTO t SELECT n FROM generate_series(1, 10) n'],
  'index, sequence, trigger or type': [
    'CREATE INDEX i ON t (a)',
    'CREATE UNIQUE INDEX i ON t (a)',
    'CREATE SEQUENCE s',
    'DO $$ BEGIN NULL; END $$',
  ],
  savepoint: ['SAVEPOINT a', 'RELEASE SAVEPOINT a', 'ROLLBACK TO SAVEPOINT a'],
  'NULLS in a window': ['SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST) FROM t'],
  'row constructor': [
    'SELECT 1 FROM t WHERE (a, b) > (c, d)',
    'SELECT ROW(a, b) FROM t',
    'UPDATE t SET a = 1 FROM s WHERE (t.a, t.b) = (s.a, s.b)',
  ],
  'LATERAL, TABLESAMPLE, WITH ORDINALITY': [
    'SELECT 1 FROM t JOIN LATERAL (SELECT t.a) s ON TRUE',
    'SELECT 1 FROM t, LATERAL (SELECT t.a) s',
    'SELECT 1 FROM t TABLESAMPLE SYSTEM (1)',
  ],
  'FOR UPDATE': ['SELECT a FROM t FOR UPDATE SKIP LOCKED'],
  'FETCH FIRST': ['SELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS ONLY'],
  'ON COMMIT': ['CREATE TEMPORARY TABLE t (a INTEGER) ON COMMIT DROP'],
  'SET LOCAL': ["SET LOCAL work_mem = '64MB'"],
  'CHECK, EXCLUDE or a generated column': [
    'CREATE TABLE t (a INTEGER CHECK (a > 0))',
    'CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED)',
  ],
  'CREATE TABLE IF NOT EXISTS AS': ['CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS a'],
  'change inside of WITH': ['WITH d AS (DELETE FROM t WHERE a = 1) SELECT 1'],
  'outer join in UPDATE': ['UPDATE t SET a = s.a FROM r LEFT JOIN s ON s.b = r.b WHERE r.c = t.c'],
  'table name in SET': ['UPDATE t SET t.a = 1'],
  'string with E or U&': ["SELECT E'a\\nb'", "SELECT 1 FROM t WHERE a = E'\\\\'"],
  'placeholder with a number': ['SELECT a FROM t WHERE b = $1'],
  'collation of Postgres': ['CREATE TABLE t (a VARCHAR(64) COLLATE "C")'],
  'TRUNCATE or VACUUM in a transaction': ['TRUNCATE t', 'TRUNCATE TABLE t', 'VACUUM t'],
  'command of a transaction': ['BEGIN', 'COMMIT', 'ROLLBACK'],
  'not in a transaction': ['CREATE DATABASE d', 'ALTER TABLE t APPEND FROM s'],
  'length that is not given': [
    'CREATE TABLE t (a TEXT)',
    'CREATE TABLE t (a VARCHAR NOT NULL)',
    'SELECT CAST(a AS DECIMAL) FROM t',
    'SELECT CAST(a AS TEXT) FROM t',
  ],
  'backslash in a string': ["SELECT 'a\\b'", "INSERT INTO t (a) VALUES ('\\')"],
  'MERGE, which is never cheaper than UPDATE and INSERT': [
    'MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.a)',
  ],
  'reserved word as a column': [
    'CREATE TABLE t (a INTEGER, tag VARCHAR(5))',
    'CREATE TABLE t (percent INTEGER NOT NULL)',
  ],
};

describe('the gate of the Redshift dialect', () => {
  test.each(Object.entries(REFUSED).flatMap(([rule, statements]) => statements.map((sql) => [rule, sql])))(
    'refuses for %s: %s',
    (rule, sql) => {
      expect(findRefusals(sql)).toContain(rule);
    },
  );

  test('takes a bracket that is never closed to go on to the end', () => {
    const [tokens] = tokenizeStatements('SELECT f ( a , ( b )');
    expect(new SqlPhrase(tokens!).closing(2)).toBe(tokens!.length);
  });

  test('has an example of what each of its rules refuses', () => {
    expect(Object.keys(REFUSED)).toEqual(REDSHIFT_RULES.map(({ name }) => name));
  });

  test.each([
    "SELECT 'ON CONFLICT DO NOTHING; RETURNING NOW()' AS a -- DISTINCT ON (x)",
    'SELECT returning.a, t.uuid FROM t, returning /* FOR UPDATE */',
    'SELECT "ON CONFLICT", "text" FROM t',
    'INSERT INTO t (a, b) VALUES (1, 2), (3, 4)',
    'SELECT GETDATE(), SYSDATE, CURRENT_DATE FROM t',
    'SELECT a::VARCHAR(5) FROM t WHERE COALESCE(a, b) = (c)',
    "SELECT LISTAGG(a, ',') WITHIN GROUP (ORDER BY a) FROM t",
    'CREATE TEMPORARY TABLE t DISTKEY (a) SORTKEY (a) AS SELECT 1 AS a',
    'DELETE FROM t USING s WHERE t.a = s.a',
    "COPY t (a) FROM 's3://b/k' IAM_ROLE default MANIFEST ZSTD DELIMITER '\\t' ESCAPE MAXERROR 0",
  ])('lets pass what Redshift takes: %s', (sql) => {
    expect(findRefusals(sql)).toEqual([]);
  });

  describeShared('redshift-sql', 'raises no false alarm', () => {
    const folder = sharedPath('redshift-sql');
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));

    test('over 79 files', () => {
      expect(files).toHaveLength(79);
    });

    test.each(files)('%s', (name) => {
      expect(findRefusals(readFileSync(`${folder}/${name}`, 'utf8'), 'anybody')).toEqual([]);
    });
  });
});
