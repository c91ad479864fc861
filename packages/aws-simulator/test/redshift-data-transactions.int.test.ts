import { DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRedshift, type RedshiftSubject } from './redshift-subject.ts';

let redshift: RedshiftSubject;
let holder: pg.Client;

beforeAll(async () => {
  redshift = await openRedshift();
  holder = new pg.Client({ connectionString: redshift.connectionString });
  await holder.connect();
});

beforeEach(async () => {
  await redshift.batch(
    'DROP TABLE IF EXISTS facts',
    'CREATE TABLE facts (id VARCHAR(8) NOT NULL, n INTEGER, PRIMARY KEY (id))',
  );
});

afterAll(async () => {
  await holder.end();
  await redshift.close();
});

const INCOMING = "CREATE TEMPORARY TABLE incoming AS SELECT CAST('k' AS VARCHAR(8)) AS id, 1 AS n";
const INSERT_NEW = `INSERT INTO facts (id, n)
SELECT incoming.id, incoming.n FROM incoming LEFT JOIN facts ON facts.id = incoming.id WHERE facts.id IS NULL`;
const MERGE = `MERGE INTO facts USING incoming ON facts.id = incoming.id
WHEN MATCHED THEN UPDATE SET n = incoming.n WHEN NOT MATCHED THEN INSERT (id, n) VALUES (incoming.id, incoming.n)`;

/** Runs both batches at once: each stops at its statement number `at`, from 1, until both are there. */
async function meet(at: number, first: readonly string[], second: readonly string[]): Promise<readonly unknown[]> {
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE facts');
  const ids = [await redshift.begin(...first), await redshift.begin(...second)];
  for (const id of ids) await isAt(id, at);
  await holder.query('COMMIT');
  return Promise.all(ids.map(async (id) => (await redshift.end(id)).Status));
}

async function isAt(Id: string, at: number): Promise<void> {
  for (;;) {
    const { SubStatements } = await redshift.client.send(new DescribeStatementCommand({ Id }));
    if (SubStatements![at - 1]!.Status === 'STARTED') return;
  }
}

describe('two batches that bring the same new key at once', () => {
  test.each([
    ['INSERT', INSERT_NEW],
    ['MERGE', MERGE],
  ])('double it where the lock comes after the snapshot: %s', async (_, write) => {
    const batch = [INCOMING, 'LOCK TABLE facts', write];
    expect(await meet(2, batch, batch)).toEqual(['FINISHED', 'FINISHED']);
    expect(await redshift.select('SELECT id, COUNT(*) FROM facts GROUP BY id')).toEqual([['k', 2]]);
  });

  test.each([
    ['INSERT', INSERT_NEW],
    ['MERGE', MERGE],
  ])('keep it single where the lock comes first: %s', async (_, write) => {
    const batch = ['LOCK TABLE facts', INCOMING, write];
    expect(await meet(1, batch, batch)).toEqual(['FINISHED', 'FINISHED']);
    expect(await redshift.select('SELECT id, COUNT(*) FROM facts GROUP BY id')).toEqual([['k', 1]]);
  });
});

test('a serialization failure says 1023 and leaves nothing', async () => {
  await redshift.execute("INSERT INTO facts SELECT 'k', 1");
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE facts IN SHARE ROW EXCLUSIVE MODE');
  await holder.query('UPDATE facts SET n = 2');
  const id = await redshift.begin(
    'CREATE TEMPORARY TABLE seen AS SELECT n FROM facts',
    'UPDATE facts SET n = 3',
    "INSERT INTO facts SELECT 'z', 1",
  );
  await isAt(id, 2);
  await holder.query('COMMIT');
  const { Status, Error: fault, SubStatements } = await redshift.end(id);
  expect([Status, fault]).toEqual(['FAILED', expect.stringMatching(/^Query #2 failed with ERROR: 1023/)]);
  expect(SubStatements!.map((part) => part.Status)).toEqual(['FINISHED', 'FAILED', 'ABORTED']);
  expect(await redshift.select('SELECT id, n FROM facts')).toEqual([['k', 2]]);
});

test('two transactions that INSERT and then UPDATE one table are a deadlock', async () => {
  const insert = "INSERT INTO facts SELECT 'k', 1";
  const batch = [insert, 'LOCK TABLE gate', 'UPDATE facts SET n = 2'];
  await redshift.batch('CREATE TABLE IF NOT EXISTS gate (n INTEGER)', 'CREATE TABLE IF NOT EXISTS gate2 (n INTEGER)');
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE gate, gate2');
  const ids = [await redshift.begin(...batch), await redshift.begin(...batch.map((s) => s.replace('gate', 'gate2')))];
  for (const id of ids) await isAt(id, 2);
  await holder.query('COMMIT');
  const ends = await Promise.all(ids.map((id) => redshift.end(id)));
  expect(ends.map(({ Status }) => Status).sort()).toEqual(['FAILED', 'FINISHED']);
  expect(ends.map(({ Error: fault }) => fault ?? '').join('')).toContain('deadlock detected');
});

describe('a batch that fails', () => {
  test('undoes all its statements and aborts those that are left', async () => {
    const {
      Status,
      Error: fault,
      SubStatements,
    } = await redshift.batch(
      "INSERT INTO facts SELECT 'a', 1",
      "INSERT INTO facts SELECT 'too long a key', 1",
      "INSERT INTO facts SELECT 'c', 1",
    );
    expect([Status, fault]).toEqual([
      'FAILED',
      'Query #2 failed with ERROR: value too long for type character varying(8)',
    ]);
    expect(SubStatements!.map((part) => part.Status)).toEqual(['FINISHED', 'FAILED', 'ABORTED']);
    expect(await redshift.select('SELECT COUNT(*) FROM facts')).toEqual([[0]]);
  });

  test('keeps what a TRUNCATE in it committed', async () => {
    await redshift.execute("INSERT INTO facts SELECT 'old', 1");
    const { Status } = await redshift.batch("INSERT INTO facts SELECT 'a', 1", 'TRUNCATE facts', 'SELECT 1 / 0');
    expect(Status).toBe('FAILED');
    expect(await redshift.select('SELECT COUNT(*) FROM facts')).toEqual([[0]]);
  });

  test('undoes what a DELETE in it did', async () => {
    await redshift.execute("INSERT INTO facts SELECT 'old', 1");
    await redshift.batch('DELETE FROM facts', 'SELECT 1 / 0');
    expect(await redshift.select('SELECT id FROM facts')).toEqual([['old']]);
  });
});

test('a temporary table ends with its batch', async () => {
  await redshift.batch('CREATE TEMPORARY TABLE gone (n INTEGER)');
  expect((await redshift.execute('SELECT * FROM gone')).Error).toBe('ERROR: relation "gone" does not exist');
});
