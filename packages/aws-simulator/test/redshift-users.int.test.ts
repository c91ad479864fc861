import {
  BatchExecuteStatementCommand,
  type DescribeStatementCommandOutput,
  ExecuteStatementCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRedshift, PLACE, type RedshiftSubject } from './redshift-subject.ts';

/** md5 of `Made1up` and the name. */
const HASH = 'md53eadaf0098c5d6b05f3f84193d3b8691';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:reader';

let redshift: RedshiftSubject;
let other: RedshiftSubject;

beforeAll(async () => {
  redshift = await openRedshift();
  other = await openRedshift();
  for (const { simulator } of [redshift, other]) put(simulator, 'reader', 'Made1up');
  await redshift.batch('CREATE TABLE t (a INTEGER)', `CREATE USER reader PASSWORD '${HASH}'`);
});
afterAll(async () => {
  await redshift.close();
  await other.close();
});

const put = (simulator: RedshiftSubject['simulator'], username: string, password: string) =>
  simulator.parts.context.secrets.put(SECRET, JSON.stringify({ username, password }));

async function asUser(Sql: string, SecretArn = SECRET): Promise<DescribeStatementCommandOutput> {
  const { Id } = await redshift.client.send(new ExecuteStatementCommand({ ...PLACE, Sql, SecretArn }));
  return await redshift.end(Id!);
}
const errorOf = async (sql: string) => (await asUser(sql)).Error;

describe('a user', () => {
  test('may do what was granted, and is refused the rest in the words of Redshift', async () => {
    expect(await errorOf('SELECT a FROM t')).toBe('ERROR: permission denied for relation t');
    await redshift.batch('GRANT SELECT, INSERT ON TABLE t TO reader');
    expect(await asUser('INSERT INTO t (a) SELECT 1')).toMatchObject({ Status: 'FINISHED', DbUser: 'reader' });
    expect(await errorOf('DELETE FROM t')).toBe('ERROR: permission denied for relation t');
    expect(await errorOf('DROP TABLE t')).toBe('ERROR: must be owner of relation t');
    await redshift.batch('REVOKE ALL ON TABLE t FROM reader');
    expect(await errorOf('SELECT a FROM t')).toBe('ERROR: permission denied for relation t');
  });

  test('may create tables in public, as everybody may until that is revoked', async () => {
    expect((await asUser('CREATE TABLE mine (a VARCHAR(20))')).Status).toBe('FINISHED');
    await redshift.batch('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    expect(await errorOf('CREATE TABLE more (a INTEGER)')).toBe('ERROR: permission denied for schema public');
    expect((await asUser('CREATE TEMPORARY TABLE more (a VARCHAR(20))')).Status).toBe('FINISHED');
  });

  test('does not come in with another password, and not into another Redshift', async () => {
    put(redshift.simulator, 'reader', 'Other1');
    expect(await errorOf('SELECT 1')).toContain('FATAL: password authentication failed for user "reader"');
    put(redshift.simulator, 'reader', 'Made1up');
    const { Id } = await other.client.send(
      new ExecuteStatementCommand({ ...PLACE, Sql: 'SELECT 1', SecretArn: SECRET }),
    );
    expect((await other.end(Id!)).Error).toContain('FATAL: password authentication failed for user "reader"');
    await other.batch(`CREATE USER reader PASSWORD '${HASH}'`);
  });

  test('keeps its name in a session that is kept', async () => {
    const input = { ...PLACE, SecretArn: SECRET, Sqls: ['SELECT 1'], SessionKeepAliveSeconds: 60 };
    const { Id, SessionId } = await redshift.client.send(new BatchExecuteStatementCommand(input));
    await redshift.end(Id!);
    const next = await redshift.client.send(new BatchExecuteStatementCommand({ SessionId, Sqls: ['SELECT a FROM t'] }));
    expect((await redshift.end(next.Id!)).Error).toContain('permission denied for relation t');
  });

  test('is not there where the transaction that made it failed, and is made once', async () => {
    await redshift.batch("CREATE USER brief PASSWORD 'Made1up2'", 'SELECT * FROM missing');
    const users = await redshift.select("SELECT usename, usesuper FROM pg_user WHERE usename <> 'x' ORDER BY 1");
    expect(users).toEqual([['reader', false]]);
    const [again, unknown] = [
      await redshift.batch("CREATE USER reader PASSWORD 'Made1up2'"),
      await redshift.batch("ALTER USER brief PASSWORD 'Made1up2'"),
    ];
    expect([again.Error, unknown.Error]).toEqual([
      'Query #1 failed with ERROR: user "reader" already exists',
      'Query #1 failed with ERROR: user "brief" does not exist',
    ]);
  });

  test.each([
    'DROP USER reader',
    "CREATE USER more PASSWORD 'Made1up2' CREATEUSER",
    'CREATE USER more PASSWORD DISABLE',
    'GRANT SELECT ON TABLE t TO GROUP readers',
    'GRANT SELECT ON TABLE t TO reader WITH GRANT OPTION',
    'SET SESSION AUTHORIZATION reader',
    'RESET SESSION AUTHORIZATION',
  ])('is not simulated any further: %s', async (sql) => {
    expect((await redshift.execute(sql)).Error).toMatch(/^ERROR: the simulator /);
  });
});

test('a secret that is not there, or has no user in it, is refused with the call', async () => {
  const refusal = { name: 'ValidationException' };
  await expect(asUser('SELECT 1', `${SECRET}-not`)).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining("Secrets Manager can't find the specified secret."),
  });
  redshift.simulator.parts.context.secrets.put(`${SECRET}-empty`, 'text');
  await expect(asUser('SELECT 1', `${SECRET}-empty`)).rejects.toMatchObject({
    ...refusal,
    message: 'username and password in secret cannot be empty',
  });
});
