import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openRedshift, PLACE, type RedshiftSubject } from './redshift-subject.ts';

let redshift: RedshiftSubject;

beforeAll(async () => {
  redshift = await openRedshift({}, { secondMs: 1 });
});

beforeEach(async () => {
  await redshift.batch('DROP TABLE IF EXISTS t', 'CREATE TABLE t (n INTEGER)');
});

afterAll(() => redshift.close());

const inject: RedshiftSubject['simulator']['redshift']['faults']['inject'] = (fault) =>
  redshift.simulator.redshift.faults.inject(fault);
const count = async () => (await redshift.simulator.redshift.query('SELECT COUNT(*)::int AS n FROM t'))[0]!.n;

test('a statement may commit and then report that it failed', async () => {
  const fault = inject({ kind: 'fails-after-commit', statement: /INSERT INTO t/ });
  expect((await redshift.batch('SELECT 1')).Status).toBe('FINISHED');
  const { Status, SubStatements } = await redshift.batch('INSERT INTO t SELECT 1', 'SELECT 1');
  expect([Status, SubStatements!.map((part) => part.Status)]).toEqual(['FAILED', ['FINISHED', 'FINISHED']]);
  expect([await count(), fault.fired]).toEqual([1, 1]);
  expect((await redshift.batch('INSERT INTO t SELECT 1')).Status).toBe('FINISHED');
});

test('a batch may fail with ERROR 1023 when it would commit, and is undone', async () => {
  inject({ kind: 'serialization-failure', times: 2 });
  for (const _ of [1, 2])
    expect((await redshift.batch('INSERT INTO t SELECT 1')).Error).toMatch(/^ERROR: 1023\n {2}Detail: Serializable/);
  expect(await count()).toBe(0);
  expect((await redshift.batch('INSERT INTO t SELECT 1')).Status).toBe('FINISHED');
});

test('a statement may hang; it can be cancelled, and has done nothing', async () => {
  inject({ kind: 'hangs' });
  const Id = await redshift.begin('INSERT INTO t SELECT 1');
  const describeOnce = () => redshift.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 20 }));
  while ((await describeOnce()).Status !== 'STARTED');
  expect((await describeOnce()).Status).toBe('STARTED');
  await redshift.client.send(new CancelStatementCommand({ Id }));
  expect((await redshift.end(Id)).Status).toBe('ABORTED');
  expect(await count()).toBe(0);
});

test('a statement may be cancelled by nobody, and has done nothing', async () => {
  inject({ kind: 'is-cancelled' });
  const { Status, Error: fault } = await redshift.batch('INSERT INTO t SELECT 1');
  expect([Status, fault, await count()]).toEqual(['FAILED', 'ERROR: Query cancelled', 0]);
});

test('a COPY may fail because S3 is asked too often, and undoes its batch', async () => {
  inject({ kind: 'slow-down' });
  const copy = "COPY t FROM 's3://stage/a' IAM_ROLE 'arn:aws:iam::123456789012:role/copy'";
  const { Error: fault } = await redshift.batch('INSERT INTO t SELECT 1', copy);
  expect(fault).toMatch(/^Query #2 failed with ERROR: S3ServiceException:.*Error SlowDown/);
  expect(await count()).toBe(0);
});

test('a statement whose session is killed has failed, and is undone', async () => {
  const Id = await redshift.begin('INSERT INTO t SELECT 1', 'SELECT pg_sleep(60)');
  for (;;) {
    const { SubStatements, RedshiftPid } = await redshift.client.send(new DescribeStatementCommand({ Id }));
    if (SubStatements![1]!.Status !== 'STARTED') continue;
    await redshift.simulator.redshift.query('SELECT pg_terminate_backend($1)', [RedshiftPid]);
    break;
  }
  const { Status, Error: fault } = await redshift.end(Id);
  expect([Status, fault]).toEqual(['FAILED', expect.stringContaining('terminating connection')]);
  expect(await count()).toBe(0);
});

test('results may be lost, though the statement has finished', async () => {
  inject({ kind: 'loses-results' });
  const { Id, Status } = await redshift.execute('SELECT 1');
  expect(Status).toBe('FINISHED');
  await expect(redshift.rows(Id!)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a workgroup that does not wake up fails the call, and nothing is begun', async () => {
  const fault = inject({ kind: 'does-not-wake', times: 2 });
  const patient = new RedshiftDataClient({ ...redshift.simulator.clientConfig, maxAttempts: 1 });
  const call = new ExecuteStatementCommand({ ...PLACE, Sql: 'INSERT INTO t SELECT 1', ClientToken: 'wake' });
  await expect(patient.send(call)).rejects.toMatchObject({ name: 'DatabaseConnectionException' });
  expect(await count()).toBe(0);
  const { Id } = await redshift.client.send(call);
  await redshift.end(Id!);
  expect([await count(), fault.fired]).toEqual([1, 2]);
  patient.destroy();
});

test('a workgroup that wakes up slowly lets a statement wait', async () => {
  inject({ kind: 'wakes-slowly', seconds: 30_000 });
  const { Id, Status } = await redshift.client.send(
    new ExecuteStatementCommand({ ...PLACE, Sql: 'INSERT INTO t SELECT 1', WaitTimeSeconds: 20 }),
  );
  expect(Status).toBe('SUBMITTED');
  await redshift.client.send(new CancelStatementCommand({ Id }));
  expect([(await redshift.end(Id!)).Status, await count()]).toEqual(['ABORTED', 0]);
  inject({ kind: 'wakes-slowly', seconds: 20 });
  expect((await redshift.execute('INSERT INTO t SELECT 1')).Status).toBe('FINISHED');
});

test('calls are throttled, fail and lose their answers as seeded; the client takes each batch to one end', async () => {
  const seeded = await openRedshift({}, { faults: { seed: 3, throttling: 0.1, serverErrors: 0.1, lostAnswers: 0.1 } });
  const client = new RedshiftDataClient({ ...seeded.simulator.clientConfig, maxAttempts: 8 });
  await seeded.simulator.redshift.query('CREATE TABLE t (n INTEGER)');
  for (let n = 0; n < 20; n++) {
    const Sqls = [`INSERT INTO t SELECT ${n}`, 'SELECT 1'];
    await client.send(new BatchExecuteStatementCommand({ ...PLACE, Sqls }));
  }
  await seeded.simulator.settle();
  expect(
    await seeded.simulator.redshift.query('SELECT COUNT(*)::int AS n, COUNT(DISTINCT n)::int AS d FROM t'),
  ).toEqual([{ n: 20, d: 20 }]);
  expect(seeded.simulator.report()).toMatch(/fault after reset RedshiftData\.BatchExecuteStatement/);
  client.destroy();
  await seeded.close();
});
