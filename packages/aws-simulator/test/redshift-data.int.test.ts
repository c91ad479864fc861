import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  GetStatementResultV2Command,
  ListStatementsCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRedshift, PLACE, type RedshiftSubject } from './redshift-subject.ts';

const HOUR = 3_600_000;
let redshift: RedshiftSubject;
let lateBy = 0;

beforeAll(async () => {
  redshift = await openRedshift(
    { databases: ['weir'], workgroups: ['weir'], rowsPerPage: 2 },
    { now: () => new Date(Date.now() + lateBy) },
  );
});

afterAll(() => redshift.close());

const send = (input: object) =>
  redshift.client.send(new ExecuteStatementCommand({ ...PLACE, Sql: 'SELECT 1', ...input }));
const sendBatch = (input: object) =>
  redshift.client.send(new BatchExecuteStatementCommand({ ...PLACE, Sqls: ['SELECT 1'], ...input }));
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'taken',
    ({ name, message }: Error) => `${name}: ${message}`,
  );

describe('a statement', () => {
  test('lives on its own: the call answers before it has run', async () => {
    const { Id } = await send({});
    const seen = await redshift.client.send(new DescribeStatementCommand({ Id }));
    expect(['SUBMITTED', 'PICKED', 'STARTED', 'FINISHED']).toContain(seen.Status);
    const { Status, ResultRows, HasResultSet, RedshiftQueryId } = await redshift.end(Id!);
    expect({ Status, ResultRows, HasResultSet }).toEqual({ Status: 'FINISHED', ResultRows: 1, HasResultSet: true });
    expect(RedshiftQueryId).toBeGreaterThan(0);
  });

  test('is told at once by a call that waits for it', async () => {
    expect(await send({ WaitTimeSeconds: 30 })).toMatchObject({ Status: 'FINISHED', HasResultSet: true });
  });

  test('of a batch has the id of the batch and its number', async () => {
    const { Id, SubStatements } = await redshift.batch('SELECT 1', 'SELECT 2 WHERE false');
    expect(SubStatements!.map((part) => [part.Id, part.ResultRows])).toEqual([
      [`${Id}:1`, 1],
      [`${Id}:2`, 0],
    ]);
    expect(await redshift.rows(`${Id}:1`)).toEqual([[{ longValue: 1 }]]);
    expect(await refusal(redshift.rows(Id!))).toMatch('ResourceNotFoundException: Query does not have result.');
  });

  test('that fails says why, in the words of the database', async () => {
    const { Id, Status, Error: fault } = await redshift.execute('SELECT * FROM nowhere');
    expect([Status, fault]).toEqual(['FAILED', 'ERROR: relation "nowhere" does not exist']);
    expect(await refusal(redshift.rows(Id!))).toMatch('ResourceNotFoundException: Query does not have result.');
  });

  test('in a database that does not exist fails', async () => {
    const { Id } = await send({ Database: 'other' });
    expect((await redshift.end(Id!)).Error).toBe('ERROR: FATAL: database "other" does not exist');
  });

  test('can be listed and found by its status', async () => {
    const { Id } = await send({ StatementName: 'listed', WaitTimeSeconds: 30 });
    const list = async (Status: 'FINISHED' | 'FAILED') =>
      (await redshift.client.send(new ListStatementsCommand({ StatementName: 'listed', Status }))).Statements!;
    expect((await list('FINISHED')).map((statement) => statement.Id)).toEqual([Id]);
    expect(await list('FAILED')).toEqual([]);
  });

  test('is seen by nobody else than who began it', async () => {
    const { Id } = await send({ WaitTimeSeconds: 30 });
    const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' };
    const other = new RedshiftDataClient({ ...redshift.simulator.clientConfig, credentials });
    expect(await refusal(other.send(new DescribeStatementCommand({ Id })))).toMatch('ResourceNotFoundException');
    other.destroy();
  });
});

describe('results', () => {
  test('come in pages', async () => {
    const { Id } = await redshift.execute('SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 ORDER BY 1');
    const first = await redshift.client.send(new GetStatementResultCommand({ Id }));
    const second = await redshift.client.send(new GetStatementResultCommand({ Id, NextToken: first.NextToken }));
    expect([first.TotalNumRows, first.Records, second.Records, second.NextToken]).toEqual([
      ...[3, [[{ longValue: 1 }], [{ longValue: 2 }]], [[{ longValue: 3 }]], undefined],
    ]);
  });

  test('have fields of their type; numbers with decimals, days and times are strings', async () => {
    const { Id } = await redshift.execute(`SELECT CAST(2 AS SMALLINT) AS a, 9007199254740991 AS b, 1.50 AS c, true AS d,
      CAST('2023-03-15' AS DATE) AS e, CAST('2023-03-15 01:02:03' AS TIMESTAMP) AS f, '' AS g, NULL AS h, CAST(0.5 AS FLOAT) AS i`);
    expect(await redshift.rows(Id!)).toEqual([
      [
        ...[{ longValue: 2 }, { longValue: 9007199254740991 }, { stringValue: '1.50' }, { booleanValue: true }],
        ...[{ stringValue: '2023-03-15' }, { stringValue: '2023-03-15 01:02:03' }, { stringValue: '' }],
        ...[{ isNull: true }, { doubleValue: 0.5 }],
      ],
    ]);
    const { ColumnMetadata } = await redshift.client.send(new GetStatementResultCommand({ Id }));
    expect(ColumnMetadata!.map(({ typeName }) => typeName)).toEqual([
      ...['int2', 'int8', 'numeric', 'bool', 'date', 'timestamp', 'varchar', 'varchar', 'float8'],
    ]);
  });

  test('are CSV where the statement asked for it', async () => {
    const { Id } = await send({ Sql: `SELECT 'a,"b' AS x, 1 AS y`, ResultFormat: 'CSV', WaitTimeSeconds: 30 });
    const { Records } = await redshift.client.send(new GetStatementResultV2Command({ Id }));
    expect(Records).toEqual([{ CSVRecords: 'x,y\r\n"a,""b",1\r\n' }]);
    expect(await refusal(redshift.rows(Id!))).toMatch('ValidationException');
  });

  test('have rows of at most 64 KB', async () => {
    expect((await redshift.execute("SELECT REPEAT('x', 65536)")).Status).toBe('FINISHED');
    expect((await redshift.execute("SELECT REPEAT('x', 65536), 'y'")).Status).toBe('FAILED');
  });

  test('are gone after 24 hours', async () => {
    const { Id } = await redshift.execute('SELECT 1');
    lateBy = 24 * HOUR - 60_000;
    expect(await redshift.rows(Id!)).toHaveLength(1);
    lateBy = 24 * HOUR + 60_000;
    expect(await refusal(redshift.rows(Id!))).toMatch('ResourceNotFoundException');
    expect(await refusal(redshift.end(Id!))).toMatch('ResourceNotFoundException');
    lateBy = 0;
  });
});

describe('a client token', () => {
  test('begins one statement, however often it comes within 8 hours', async () => {
    const token = { ClientToken: 'once' };
    const { Id } = await send({ ...token, WaitTimeSeconds: 30 });
    lateBy = 8 * HOUR - 60_000;
    expect((await send(token)).Id).toBe(Id);
    lateBy = 8 * HOUR + 60_000;
    expect((await send(token)).Id).not.toBe(Id);
    lateBy = 0;
  });

  test("makes the client's own repetition harmless where an answer was lost", async () => {
    await redshift.execute('CREATE TABLE repeated (n INTEGER)');
    redshift.simulator.injectFault({
      ...{ service: 'RedshiftData', operation: 'ExecuteStatement', call: 1, when: 'after', as: 'reset' },
    });
    await redshift.execute('INSERT INTO repeated SELECT 1');
    expect(await redshift.select('SELECT COUNT(*) FROM repeated')).toEqual([[1]]);
  });
});

describe('a cancelled statement', () => {
  test('is ABORTED and undone', async () => {
    await redshift.execute('CREATE TABLE cancelled (n INTEGER)');
    const Id = await redshift.begin('INSERT INTO cancelled SELECT 1', 'SELECT pg_sleep(60)');
    for (;;) {
      const { SubStatements } = await redshift.client.send(new DescribeStatementCommand({ Id }));
      if (SubStatements![1]!.Status === 'STARTED') break;
    }
    expect((await redshift.client.send(new CancelStatementCommand({ Id }))).Status).toBe(true);
    const { Status, SubStatements } = await redshift.end(Id);
    expect([Status, SubStatements!.map((part) => part.Status)]).toEqual(['ABORTED', ['FINISHED', 'ABORTED']]);
    expect(await redshift.select('SELECT COUNT(*) FROM cancelled')).toEqual([[0]]);
  });
});

describe('a session', () => {
  test('that is kept alive has its temporary tables for the next statement', async () => {
    const { SessionId } = await send({
      ...{ Sql: 'CREATE TEMPORARY TABLE kept (n INTEGER)', SessionKeepAliveSeconds: 60, WaitTimeSeconds: 30 },
    });
    const next = { WorkgroupName: undefined, Database: undefined, SessionId, WaitTimeSeconds: 30 };
    expect(await send({ ...next, Sql: 'SELECT * FROM kept' })).toMatchObject({ Status: 'FINISHED' });
    lateBy = 61_000;
    expect(await refusal(send(next))).toMatch('ResourceNotFoundException');
    lateBy = 0;
  });
});

test('AUTO_COMMIT keeps the statements before the one that fails', async () => {
  await redshift.execute('CREATE TABLE apart (n INTEGER)');
  const { Id } = await sendBatch({
    ...{ Sqls: ['INSERT INTO apart SELECT 1', 'SELECT 1 / 0'], ExecutionMode: 'AUTO_COMMIT' },
  });
  expect((await redshift.end(Id!)).Status).toBe('FAILED');
  expect(await redshift.select('SELECT n FROM apart')).toEqual([[1]]);
});
