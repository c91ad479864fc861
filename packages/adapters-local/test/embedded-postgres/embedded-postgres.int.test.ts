import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openEmbeddedPostgres, stopEmbeddedPostgres } from '@weir/adapters-local/embedded-postgres';
import { answers, query, stopsAnswering } from './query.ts';
import { startUserProcess } from './user-process.ts';

// One database for all tests here, since making one takes most of a second. Every test leaves it stopped.
let folder: string;
let dataDirectory: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-embedded-'));
  await chmod(folder, 0o755);
  dataDirectory = join(folder, 'below', 'postgres');
});

afterEach(() => stopEmbeddedPostgres(dataDirectory));

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('one user', () => {
  test('a database that was being created when its creator was killed is created anew', async () => {
    await mkdir(join(dataDirectory, 'data.unfinished', 'base'), { recursive: true });

    const server = await openEmbeddedPostgres({ dataDirectory });

    expect(await answers(server.connectionString)).toBe(true);
    await server.close();
  });

  test('a server starts from nothing, asks for the password and keeps what was committed durable', async () => {
    const server = await openEmbeddedPostgres({ dataDirectory });
    const wrongPassword = server.connectionString.replace(/weir:[^@]*@/, 'weir:guess@');

    const settings = await query(
      server.connectionString,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('lc_collate', true) AS other,
              (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS collate,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
              current_setting('server_version') AS version`,
    );

    expect(settings[0]).toMatchObject({ encoding: 'UTF8', collate: 'C', fsync: 'on', commit: 'on' });
    expect(settings[0]?.version).toMatch(/^17\./);
    await expect(query(wrongPassword, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await server.close();
  });

  test('the password is in a file that only its owner reads, and not in the log', async () => {
    const server = await openEmbeddedPostgres({ dataDirectory });
    await server.close();

    const password = await readFile(join(dataDirectory, 'password'), 'utf8');

    expect((await stat(join(dataDirectory, 'password'))).mode & 0o777).toBe(0o600);
    expect(server.connectionString).toContain(password);
    expect(await readFile(join(dataDirectory, 'data', 'server.log'), 'utf8')).not.toContain(password);
  });

  test('data outlives a restart, and closing twice is closing once', async () => {
    const first = await openEmbeddedPostgres({ dataDirectory });
    await query(first.connectionString, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await Promise.all([first.close(), first.close()]);
    expect(await answers(first.connectionString)).toBe(false);

    const second = await openEmbeddedPostgres({ dataDirectory });

    expect(await query(second.connectionString, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.close();
  });
});

describe('several users', () => {
  test('processes that open at the same moment get one server, which the last to close stops', async () => {
    const users = await Promise.all([1, 2, 3].map(() => startUserProcess(dataDirectory)));
    const [first, second, third] = users as [(typeof users)[0], (typeof users)[0], (typeof users)[0]];
    expect(new Set(users.map((user) => user.connectionString)).size).toBe(1);

    await first.end('close');
    await second.end('close');
    expect(await answers(third.connectionString)).toBe(true);

    await third.end('close');
    expect(await answers(third.connectionString)).toBe(false);
  });

  test('two openings in one process count as two users', async () => {
    const first = await openEmbeddedPostgres({ dataDirectory });
    const second = await openEmbeddedPostgres({ dataDirectory });

    await first.close();
    expect(await answers(second.connectionString)).toBe(true);

    await second.close();
    expect(await answers(second.connectionString)).toBe(false);
  });
});

describe('accidents', () => {
  test('the server of a killed user is taken over by the next one, which stops it', async () => {
    const killed = await startUserProcess(dataDirectory);
    await killed.kill();
    expect(await answers(killed.connectionString)).toBe(true);

    const next = await startUserProcess(dataDirectory);
    expect(next.connectionString).toBe(killed.connectionString);

    await next.end('close');
    expect(await answers(killed.connectionString)).toBe(false);
  });

  test('a user that ends without closing leaves no server behind', async () => {
    const user = await startUserProcess(dataDirectory);

    await user.end('exit-without-closing');

    expect(await stopsAnswering(user.connectionString)).toBe(true);
  });

  test('a user that ends without closing leaves the server to others', async () => {
    const [careless, other] = await Promise.all([startUserProcess(dataDirectory), startUserProcess(dataDirectory)]);

    await careless.end('exit-without-closing');
    await query(other.connectionString, 'SELECT pg_sleep(0.3)');

    expect(await answers(other.connectionString)).toBe(true);
    await other.end('close');
  });

  test('what was committed before the server was killed is there at the next opening', async () => {
    const user = await startUserProcess(dataDirectory);
    await query(user.connectionString, 'CREATE TABLE committed AS SELECT generate_series(1, 1000) AS n');
    const [postmaster] = (await readFile(join(dataDirectory, 'data', 'postmaster.pid'), 'utf8')).split('\n');

    process.kill(Number(postmaster), 'SIGKILL');
    const next = await openEmbeddedPostgres({ dataDirectory });

    expect(await query(next.connectionString, 'SELECT count(*)::integer AS rows FROM committed')).toEqual([
      { rows: 1000 },
    ]);
    await user.end('close');
    expect(await answers(next.connectionString)).toBe(true);
    await next.close();
  });

  test('Ctrl-C in the terminal does not reach the server before its user has finished', async () => {
    const user = await startUserProcess(dataDirectory);

    process.kill(-(user.process.pid ?? 0), 'SIGINT');
    await query(user.connectionString, 'SELECT pg_sleep(0.3)');

    expect(await answers(user.connectionString)).toBe(true);
    await user.end('close');
    expect(await answers(user.connectionString)).toBe(false);
  });
});
