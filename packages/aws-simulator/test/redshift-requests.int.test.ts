import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRedshift, PLACE, type RedshiftSubject } from './redshift-subject.ts';

let redshift: RedshiftSubject;

beforeAll(async () => {
  redshift = await openRedshift({ workgroups: ['weir'], activeStatements: 3, waitingRequests: 1 });
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

describe('a call is refused', () => {
  test.each([
    ['no statement', () => sendBatch({ Sqls: [] })],
    ['more than 40 statements', () => sendBatch({ Sqls: Array(41).fill('SELECT 1') })],
    ['a statement of more than 100 KB', () => send({ Sql: `SELECT '${'x'.repeat(102_400)}'` })],
    ['no place', () => send({ WorkgroupName: undefined })],
    ['two places', () => send({ ClusterIdentifier: 'c' })],
    ['no database', () => send({ Database: undefined })],
    ['a database user in a workgroup', () => send({ DbUser: 'me' })],
    ['a workgroup that does not exist', () => send({ WorkgroupName: 'other' })],
    ['a wait of more than 30 seconds', () => send({ WaitTimeSeconds: 31 })],
    ['a token of more than 64 characters', () => send({ ClientToken: 'x'.repeat(65) })],
    ['an empty list of parameters', () => send({ Parameters: [] })],
    ['an empty value', () => send({ Sql: 'SELECT :a', Parameters: [{ name: 'a', value: '' }] })],
    ['a parameter without a value', () => send({ Sql: 'SELECT :a, :b', Parameters: [{ name: 'a', value: '1' }] })],
  ])('for %s', async (_, call) => {
    expect(await refusal(call())).toMatch(/^ValidationException/);
  });

  test('for a parameter that no statement uses; one within a string is not used', async () => {
    const Parameters = [{ name: 'day', value: '2023-03-15' }];
    expect(await refusal(sendBatch({ Sqls: ["UNLOAD ('SELECT :day') TO 's3://b/p'"], Parameters }))).toBe(
      'ValidationException: Parameters list contains unused parameters. Unused parameters: [day]',
    );
  });

  test('while too many calls wait for statements', async () => {
    const fault = redshift.simulator.redshift.faults.inject({ kind: 'hangs' });
    const { Id } = await send({});
    while (fault.fired < 1) await redshift.client.send(new DescribeStatementCommand({ Id }));
    const wait = () => redshift.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
    const refusals = [refusal(wait()), refusal(wait())];
    expect(await Promise.race(refusals)).toMatch(/^ActiveWaitingRequestsExceededException/);
    await redshift.client.send(new CancelStatementCommand({ Id }));
    expect((await Promise.all(refusals)).filter((result) => result === 'taken')).toHaveLength(1);
  });

  test('while too many statements are on their way', async () => {
    const fault = redshift.simulator.redshift.faults.inject({ kind: 'hangs', times: 3 });
    const ids = await Promise.all([send({}), send({}), send({})]);
    expect(await refusal(send({}))).toMatch(/^ActiveStatementsExceededException/);
    // One that is cancelled before the fault has reached it would leave the fault to another.
    while (fault.fired < 3) await redshift.client.send(new DescribeStatementCommand({ Id: ids[0]!.Id }));
    for (const { Id } of ids) await redshift.client.send(new CancelStatementCommand({ Id }));
    for (const { Id } of ids) expect((await redshift.end(Id!)).Status).toBe('ABORTED');
  });
});

describe('a parameter', () => {
  test('is a value of any statement of the batch and takes the type of its place', async () => {
    const { Id } = await sendBatch({
      Sqls: [
        'CREATE TABLE given (n INTEGER, d DATE)',
        'INSERT INTO given SELECT :n, :d',
        'SELECT n + :n, d FROM given',
      ],
      Parameters: [
        { name: 'n', value: '20' },
        { name: 'd', value: '2023-03-15' },
      ],
    });
    await redshift.end(Id!);
    expect(await redshift.rows(`${Id}:3`)).toEqual([[{ longValue: 40 }, { stringValue: '2023-03-15' }]]);
  });

  test('is never SQL', async () => {
    const value = "x' OR '1' = '1";
    const { Id } = await redshift.execute('SELECT CAST(:v AS VARCHAR(64)) AS v', { v: value });
    expect(await redshift.rows(Id!)).toEqual([[{ stringValue: value }]]);
  });

  test('stands for a value only', async () => {
    expect((await redshift.execute('SELECT * FROM :table_name', { table_name: 'given' })).Error).toMatch(
      'syntax error',
    );
  });
});
