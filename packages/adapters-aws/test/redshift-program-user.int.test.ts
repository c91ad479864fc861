import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { toStatement } from '../../warehouse-sql/src/statement.ts';
import { TABLE_RIGHTS } from '../../warehouse-sql/src/tables/table-rights.ts';
import type { DataApiSession } from '../src/redshift/data-api-session.ts';
import { RedshiftProgramUser } from '../src/redshift/redshift-program-user.ts';
import { inThisRealm } from './support/in-this-realm.ts';
import { openRedshift, PROGRAM_SECRET, type RedshiftSubject } from './support/redshift-subject.ts';

let subject: RedshiftSubject;

beforeAll(async () => {
  subject = await openRedshift();
}, 60_000);
afterAll(() => subject.close());

const TABLES = TABLE_RIGHTS.map(({ table }) => table);
const DENIED = { code: 'warehouse.permission-denied', retryable: false };
const asProgram = (text: string) => subject.session.transact([toStatement('tried', text)], 'trying');
const put = (username: string, password: string) =>
  subject.simulator.parts.context.secrets.put(PROGRAM_SECRET, JSON.stringify({ username, password }));

/** The rights on our tables of each user, as `table: user=rights`. */
async function rights(): Promise<readonly unknown[]> {
  const rows = await subject.query(`SELECT relname || ': ' || coalesce(relacl::text, '') AS acl FROM pg_class
    WHERE relname IN (${TABLES.map((name) => `'${name}'`)}) UNION ALL SELECT nspname || ': ' || nspacl::text FROM pg_namespace
    WHERE nspname = 'public' ORDER BY 1`);
  return rows.map(({ acl }) => acl);
}

describe('the user of the programs', () => {
  test.each(TABLES)('cannot change, empty or drop %s, nor give others rights to it', async (table) => {
    for (const text of [
      `DROP TABLE ${table}`,
      `ALTER TABLE ${table} ADD COLUMN extra INTEGER`,
      `ALTER TABLE ${table} RENAME TO taken`,
      `TRUNCATE TABLE ${table}`,
    ]) {
      await expect(asProgram(text)).rejects.toMatchObject(DENIED);
    }
    await asProgram(`GRANT ALL ON TABLE ${table} TO PUBLIC`).catch(() => undefined);
    expect(JSON.stringify(await rights())).not.toMatch(/[{,"]=[a-zA-Z]*[arwdDxt]/);
  });

  test.each([
    'CREATE TABLE mine (a INTEGER)',
    'CREATE SCHEMA mine',
    "CREATE USER other PASSWORD 'Made1up2'",
    "ALTER USER weir_app PASSWORD 'Made1up2'",
    'INSERT INTO weir_schema (version, applied_at) SELECT 99, GETDATE()',
    'DELETE FROM ingest_run',
    'DELETE FROM ingest_file',
    'DELETE FROM dim_customers',
    'DELETE FROM ingest_decision',
    'UPDATE ingest_decision SET verdict = verdict',
    'INSERT INTO ingest_lock (place) SELECT 1',
  ])('may not %s', async (text) => {
    await expect(asProgram(text)).rejects.toMatchObject(DENIED);
  });

  test('may lock, keep temporary tables, and read', async () => {
    await asProgram('LOCK TABLE ingest_lock');
    await asProgram('CREATE TEMPORARY TABLE mine (a INTEGER)');
    expect(
      await subject.session.query(toStatement('whose', 'SELECT COUNT(*) AS n FROM fact_transactions'), 'x'),
    ).toEqual([{ n: '0' }]);
  });
});

describe('its set-up', () => {
  afterEach(async () => {
    put('weir_app', 'Made1up');
    await subject.programUser.setUp();
  });

  test('changes nothing when it is repeated', async () => {
    const before = await rights();
    expect(JSON.stringify(before)).toContain('weir_app=arwd/');
    await subject.programUser.setUp();
    expect(await rights()).toEqual(before);
  });

  test('mends rights that were taken, and takes others that were given', async () => {
    const before = await rights();
    const change = (text: string) => subject.administrator.transact([toStatement('change', text)], 'changing');
    await change('REVOKE SELECT, UPDATE ON TABLE ingest_lock FROM weir_app');
    await change('GRANT DELETE ON TABLE ingest_run TO weir_app');
    await change('GRANT CREATE ON SCHEMA public TO PUBLIC');
    expect(await rights()).not.toEqual(before);
    await expect(asProgram('LOCK TABLE ingest_lock')).rejects.toMatchObject({
      ...DENIED,
      remedy: expect.stringContaining('are set again by its set-up: invoke its dimensions function'),
    });

    await subject.programUser.setUp();

    expect(await rights()).toEqual(before);
    await asProgram('LOCK TABLE ingest_lock');
  });

  test('gives it the password that the secret has now', async () => {
    put('weir_app', 'Another1');
    await expect(asProgram('SELECT 1')).rejects.toMatchObject({
      code: 'warehouse.login-refused',
      remedy: expect.stringContaining('its set-up'),
    });
    await subject.programUser.setUp();
    await asProgram('SELECT 1');
  });

  test('makes another user where the secret names another one', async () => {
    put('weir_two', 'Another1');
    await subject.programUser.setUp();
    await asProgram('LOCK TABLE ingest_lock');
  });

  test('of several at once ends well', async () => {
    put('weir_three', 'Another1');
    await Promise.all([1, 2, 3].map(() => subject.programUser.setUp()));
    await asProgram('LOCK TABLE ingest_lock');
  });

  test('that was done and then reported as failed is a success', async () => {
    put('weir_four', 'Another1');
    const fault = subject.simulator.redshift.faults.inject({ kind: 'fails-after-commit', statement: /CREATE USER/ });
    await subject.programUser.setUp();
    expect(fault.fired).toBe(1);
    await asProgram('LOCK TABLE ingest_lock');
  });

  test('that failed leaves no user behind', async () => {
    put('weir_five', 'Another1');
    await subject.query('ALTER TABLE ingest_lock RENAME TO hidden');
    await expect(subject.programUser.setUp()).rejects.toMatchObject({ code: 'warehouse.not-initialised' });
    await subject.query('ALTER TABLE hidden RENAME TO ingest_lock');
    await expect(asProgram('SELECT 1')).rejects.toMatchObject({ code: 'warehouse.login-refused' });
    await subject.programUser.setUp();
    await asProgram('SELECT 1');
  });

  test('tells rights that somebody takes away at once', async () => {
    const administrator = {
      query: (...given: Parameters<DataApiSession['query']>) => subject.administrator.query(...given),
      transact: async (...given: Parameters<DataApiSession['transact']>) => {
        const done = await subject.administrator.transact(...given);
        await subject.administrator.transact(
          [toStatement('x', 'REVOKE INSERT ON TABLE ingest_run FROM weir_app')],
          'x',
        );
        return done;
      },
    } as DataApiSession;
    await expect(setUpWith({ administrator })).rejects.toMatchObject({
      code: 'warehouse.rights-missing',
      message: 'The user weir_app at weir/weir lacks rights that were just granted: INSERT on ingest_run.',
    });
  });

  test('never has the password in a statement', async () => {
    const sent: string[] = [];
    const administrator = {
      query: (...given: Parameters<DataApiSession['query']>) => subject.administrator.query(...given),
      transact: (...given: Parameters<DataApiSession['transact']>) => {
        sent.push(JSON.stringify(given));
        return subject.administrator.transact(...given);
      },
    } as DataApiSession;
    put('weir_app', 'Secret1Canary');
    await setUpWith({ administrator });
    expect(sent.join()).toContain('ALTER USER');
    expect(sent.join()).not.toContain('Canary');
  });
});

describe('a secret', () => {
  afterEach(() => put('weir_app', 'Made1up'));

  test.each([
    ['Weir', 'Made1up2', 'its "username" must be small letters, digits and _, and not "public"'],
    ['a" CREATEUSER --', 'Made1up2', 'its "username" must be small letters, digits and _, and not "public"'],
    ['public', 'Made1up2', 'its "username" must be small letters, digits and _, and not "public"'],
    ['weir_app', '', 'its "password" is missing'],
  ])('with the user %j and the password %j is refused', async (user, password, why) => {
    put(user, password);
    await expect(subject.programUser.setUp()).rejects.toMatchObject({
      code: 'secret.invalid',
      message: `The secret ${PROGRAM_SECRET} cannot be used: ${why}.`,
    });
  });

  test.each(['no JSON Canary', '"Canary"', 'null'])('with the text %j is refused, and not told', async (text) => {
    subject.simulator.parts.context.secrets.put(PROGRAM_SECRET, text);
    const error = await subject.programUser.setUp().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'secret.invalid' });
    expect(JSON.stringify([String(error), error])).not.toContain('Canary');
  });

  test('that names the administrator is refused: nothing is done to him', async () => {
    subject.simulator.parts.context.administrators.set('weiradmin', 'Made1up2');
    put('weiradmin', 'Made1up2');
    await asProgram('SELECT 1');
    await expect(subject.programUser.setUp()).rejects.toMatchObject({
      code: 'secret.invalid',
      message: expect.stringContaining('its user weiradmin is a superuser'),
    });
  });

  test('that is not there, or may not be read, is told by its name', async () => {
    const secretArn = `${PROGRAM_SECRET}-not`;
    await expect(setUpWith({ secretArn })).rejects.toMatchObject({
      code: 'secret.unreadable',
      message: `The secret ${secretArn} cannot be read: Secrets Manager can't find the specified secret.`,
      retryable: false,
    });
    const denied = Object.assign(new Error('x'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
    await expect(setUpWith({ client: { send: () => Promise.reject(denied) } as never })).rejects.toMatchObject({
      code: 'secret.unreadable',
      remedy: expect.stringContaining('Allow secretsmanager:GetSecretValue'),
    });
  });
});

async function setUpWith(more: object): Promise<void> {
  const client = inThisRealm(new SecretsManagerClient(subject.simulator.clientConfig));
  const { administrator, session: program } = subject;
  const secret = { client, secretArn: PROGRAM_SECRET, database: 'weir' };
  try {
    await new RedshiftProgramUser({ administrator, program, ...secret, ...more }).setUp();
  } finally {
    client.destroy();
  }
}
