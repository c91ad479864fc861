import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '@weir/adapters-local/testing';
import { checkClock } from '../src/doctor/check-clock.ts';
import { checkNode } from '../src/doctor/check-node.ts';
import { askDatabase } from './support/ask-database.ts';
import { type CommandSetting, runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let database: TestDatabase;
let folder: TemporaryFolder;
const isRoot = process.getuid?.() === 0;
beforeAll(async () => {
  database = await openTestDatabase();
  folder = await openTemporaryFolder();
  await folder.write('landing/.keep', '');
  await folder.write('sealed/.keep', '');
  await chmod(folder.in('sealed'), 0o555);
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

type Checks = Record<string, { status: string; code: string | null; message: string; remedy: string | null }>;

async function doctor(args: readonly string[], setting: CommandSetting = {}) {
  const ended = await runCommand(['doctor', '--json', ...args], {
    cwd: folder.path,
    ...setting,
    env: { WEIR_DATABASE_URL: database.connectionString, PATH: '/nowhere', ...setting.env },
  });
  const { status, checks } = ended.json();
  const found = Object.fromEntries(
    checks.map(({ check, ...finding }: { check: string }) => [check, finding]),
  ) as Checks;
  return {
    code: ended.code,
    status,
    found,
    failed: Object.keys(found).filter((name) => found[name]!.status === 'failed'),
  };
}

const NAMES = [
  ...['node', 'configuration', 'AWS identity', 'landing', 'archive', 'quarantine'],
  ...['database', 'tables', 'permissions', 'clock', 'Spark'],
];

describe('a check that fails says how to mend it, and ends the command with 1', () => {
  it('of the database, with what needs it skipped', async () => {
    const { code, found, failed } = await doctor([], {
      env: { WEIR_DATABASE_URL: 'postgres://weir:s3cret@127.0.0.1:1/weir' },
    });
    expect({ code, failed }).toEqual({ code: 1, failed: ['database'] });
    expect(found.database!.message).toMatch(/^No Postgres answers at 127\.0\.0\.1:1\/weir/);
    for (const name of ['tables', 'permissions', 'clock']) {
      expect(found[name]).toMatchObject({ status: 'skipped', message: 'needs the database' });
    }
  });
  it('of the embedded database, without making one', async () => {
    const { found, failed } = await doctor([], { env: { WEIR_DATABASE_URL: '' } });
    expect(failed).toEqual(['database']);
    expect(found.database!.remedy).toContain('weir init');
    expect(await folder.has('.weir')).toBe(false);
  });
  it('of an address that is none', async () => {
    const { found, failed } = await doctor(['--database-url', 'localhost']);
    expect(failed).toEqual(['database']);
    expect(found.database!.remedy).toContain('postgres://user:password@host');
  });
  it('of the tables, with what needs them skipped', async () => {
    const { found, failed } = await doctor([]);
    expect(failed).toEqual(['tables']);
    expect(found.tables!.remedy).toContain('weir init');
    expect(found.permissions).toMatchObject({ status: 'skipped' });
    expect(found.clock).toMatchObject({ status: 'ok' });
  });
  it('of the configuration, with what needs it skipped', async () => {
    const path = await folder.write('wrong.json', '{"landing": 7}');
    const { code, found, failed } = await doctor(['--config', path]);
    expect({ code, failed }).toEqual({ code: 1, failed: ['configuration'] });
    expect(found.configuration!.message).toContain('landing (line 1, column 13)');
    expect(found.database).toMatchObject({ status: 'skipped' });
  });
  it('of the places', async () => {
    const args = ['--landing', 'nowhere', '--archive', 'landing/.keep', '--quarantine', 'sealed'];
    const { found, failed } = await doctor(args, isRoot ? { uid: 65_534 } : {});
    expect(failed).toEqual(expect.arrayContaining(['landing', 'archive', 'quarantine']));
    expect(found.landing!.message).toMatch(/nowhere cannot be read: it does not exist/);
    expect(found.archive!.message).toMatch(/it is a file and no folder/);
    expect(found.quarantine!.message).toMatch(/sealed cannot be written to: permission is denied/);
  });
  it('of places that overlap', async () => {
    const { failed } = await doctor(['--landing', 'landing', '--archive', 'landing/archive']);
    expect(failed).toEqual(expect.arrayContaining(['landing', 'archive']));
  });
  it('of a Spark that does not start', async () => {
    await folder.write('spark/bin/spark-submit', '#!/bin/sh\necho "JAVA_HOME is not set" >&2\nexit 1\n');
    await chmod(folder.in('spark/bin/spark-submit'), 0o755);
    const { found, failed } = await doctor([], { env: { SPARK_HOME: folder.in('spark') } });
    expect(failed).toContain('Spark');
    expect(found.Spark).toMatchObject({ message: 'Spark is there but does not start: JAVA_HOME is not set.' });
  });
  it('of Node', () => {
    expect(checkNode('24.1.0')).toBe('24.1.0');
    expect(() => checkNode('22.18.0')).toThrow('Node 22.18.0 is older than what Weir is made for.');
  });
  it('of the clock', () => {
    expect(checkClock(1_000_000, 1_000_500, 1_003_000)).toBe(0);
    expect(checkClock(1_000_000, 1_031_000, 1_031_000)).toBe(30_000);
    expect(() => checkClock(1_000_000, 1_091_000, 1_092_000)).toThrow('1 min 30 s ahead of that of the database');
    expect(() => checkClock(1_000_000, 800_000, 900_000)).toThrow('1 min 40 s behind that of the database');
  });
});

describe('where the tables are there', () => {
  const ROLE = `weir_reader_${process.pid}`;
  const asReader = () => {
    const url = new URL(database.connectionString);
    url.username = ROLE;
    url.password = 'reader';
    return url.href;
  };
  beforeAll(async () => {
    const ended = await runCommand(['init'], { env: { WEIR_DATABASE_URL: database.connectionString } });
    expect(ended.code).toBe(0);
  });
  afterAll(async () => {
    await askDatabase(database.connectionString, `DROP OWNED BY ${ROLE}`);
    await askDatabase(database.connectionString, `DROP ROLE ${ROLE}`);
  });

  it('every check that is not optional is well, each has a line, and nothing was written', async () => {
    const args = ['--landing', 'landing', '--archive', 'made/later', '--quarantine', 'made/too'];
    const { code, status, found } = await doctor(args);
    expect({ code, status }).toEqual({ code: 0, status: 'ok' });
    expect(Object.keys(found)).toEqual(NAMES);
    expect(found['AWS identity']).toMatchObject({ status: 'skipped', remedy: null });
    expect(found.Spark).toMatchObject({ status: 'skipped' });
    expect(await folder.has('made')).toBe(false);
  });
  it('rights that are missing are named', async () => {
    const { connectionString } = database;
    await askDatabase(connectionString, `CREATE ROLE ${ROLE} LOGIN PASSWORD 'reader'`);
    await askDatabase(connectionString, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${ROLE}`);
    await askDatabase(connectionString, `GRANT INSERT, UPDATE ON fact_transactions TO ${ROLE}`);
    const { found, failed } = await doctor([], { env: { WEIR_DATABASE_URL: asReader() } });
    expect(failed).toEqual(['permissions']);
    expect(found.permissions!.message).toContain('UPDATE on ingest_lock');
    expect(found.permissions!.message).not.toMatch(/(SELECT|INSERT|UPDATE) on fact_transactions/);
    expect(found.permissions!.message).toContain('DELETE on fact_transactions');
    expect(found.permissions!.message).not.toContain('DELETE on ingest_run');
    expect(found.permissions!.code).toBe('doctor.rights-missing');
    expect(found.permissions!.remedy).toContain('GRANT DELETE ON fact_transactions TO <user>; ');
    expect(found.permissions!.remedy).toContain('GRANT INSERT, UPDATE, DELETE ON ingest_reject TO <user>; ');
    expect(found.permissions!.remedy).toContain('GRANT CREATE ON SCHEMA public TO <user>');
    const owned = found.permissions!.remedy!.matchAll(/GRANT [^;<]+/g);
    await askDatabase(connectionString, [...owned].map(([grant]) => `${grant}${ROLE}`).join('; '));
    expect((await doctor([], { env: { WEIR_DATABASE_URL: asReader() } })).failed).toEqual([]);
  });
  it('people see a sign and a word, and colours only on a terminal', async () => {
    const ended = await runCommand(['doctor', '--landing', 'nowhere'], {
      cwd: folder.path,
      env: { WEIR_DATABASE_URL: database.connectionString },
    });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^✓ ok {6} node +Node \d/m);
    expect(ended.stdout).toMatch(/^✗ failed {2} landing +The landing|^✗ failed {2} landing +The folder/m);
    expect(ended.stdout).toMatch(/^ {26}next: /m);
    expect(ended.stdout).toContain('1 check failed. Nothing was changed.');
    expect(ended.stdout).not.toContain('\u001b[');
  });
});
