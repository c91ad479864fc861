import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRedshift, type RedshiftSubject } from './redshift-subject.ts';

let redshift: RedshiftSubject;

beforeAll(async () => {
  redshift = await openRedshift();
});

afterAll(() => redshift.close());

describe('a batch', () => {
  test('runs its statements in one session and one transaction', async () => {
    await redshift.batch(
      'CREATE TABLE pairs (id VARCHAR(8) NOT NULL, n INTEGER, PRIMARY KEY (id)) DISTKEY (id) SORTKEY (id)',
    );
    const { SubStatements } = await redshift.batch(
      'LOCK TABLE pairs',
      'CREATE TEMPORARY TABLE s (LIKE pairs)',
      "INSERT INTO s SELECT 'a', 1",
      'INSERT INTO pairs SELECT * FROM s',
      'SELECT id, n, NULL AS nothing, 1.50 AS price FROM pairs',
    );
    expect(SubStatements!.map(({ Status, ResultRows }) => [Status, ResultRows])).toEqual([
      ['FINISHED', 0],
      ['FINISHED', 0],
      ['FINISHED', 1],
      ['FINISHED', 1],
      ['FINISHED', 1],
    ]);
    expect(await redshift.rows(SubStatements![4]!.Id!)).toEqual([
      [{ stringValue: 'a' }, { longValue: 1 }, { isNull: true }, { stringValue: '1.50' }],
    ]);
  });
});
