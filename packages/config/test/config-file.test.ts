import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findConfigFile } from '../src/find-config-file.ts';
import { defineConfig, loadConfig, readVariable } from '../src/index.ts';
import { lineAndColumn } from '../src/line-and-column.ts';
import { readConfigFile } from '../src/read-config-file.ts';

const ROLE = 'arn:aws:iam::123456789012:role/copy';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function write(text: string, ending = 'json'): Promise<string> {
  const path = join(folder, `${++files}.${ending}`);
  await writeFile(path, text);
  return path;
}
const read = async (value: unknown) => await readConfigFile(await write(JSON.stringify(value)));

/** Keys and messages of what is wrong. */
const problemsOf = async (value: unknown) =>
  await read(value).then(
    () => [],
    ({ problems }) => problems.map(({ key, message }: { key: string; message: string }) => `${key}: ${message}`),
  );

describe('a file', () => {
  it('may be empty, and may name its schema', async () => {
    expect(await read({})).toEqual({});
    expect(await read({ $schema: './weir.config.schema.json' })).toHaveProperty('$schema');
  });
  it('may begin with a byte order mark', async () => {
    expect(await readConfigFile(await write('\uFEFF{"landing": "in"}'))).toEqual({ landing: 'in' });
  });
  it.each([
    ['{\n  "landing": here\n}', 'line 2, column 14'],
    ['', 'line 1, column 1'],
    ['{"landing": "in",}', 'line 1, column 18'],
    ['// a comment\n{}', 'line 1, column 1'],
  ])('that is no JSON is refused with the place: %j', async (text, place) => {
    await expect(readConfigFile(await write(text))).rejects.toMatchObject({
      code: 'config.not-json',
      message: expect.stringContaining(place),
    });
  });
  it('is refused with the place of every wrong key', async () => {
    const path = await write('{\n  "policy": {\n    "maxRejectRate": 2,\n    "statuses": []\n  },\n  "landing": 7\n}');
    await expect(readConfigFile(path)).rejects.toMatchObject({
      code: 'config.invalid',
      problems: [
        { key: 'landing', line: 6, column: 14 },
        { key: 'policy.statuses', line: 4, column: 17 },
        { key: 'policy.maxRejectRate', line: 3, column: 22 },
      ],
    });
  });
  it.each([
    ['missing.json', /there is no such file/],
    ['.', /it is a folder/],
  ])('that cannot be read is told: %s', async (name, message) => {
    await expect(readConfigFile(join(folder, name))).rejects.toMatchObject({
      code: 'config.unreadable',
      message: expect.stringMatching(message),
    });
  });
  it('of another kind is refused', async () => {
    await expect(readConfigFile(await write('a: b', 'yaml'))).rejects.toMatchObject({ code: 'config.unreadable' });
  });
});

describe('wrong keys are told with what is allowed', () => {
  it.each([
    [{ landng: 'in' }, [/^landng: is no such key; allowed: \$schema, policy, landing, .*profiles$/]],
    [{ maxRejectRate: 0.1 }, [/^maxRejectRate: is a key of the policy: write "policy": \{"maxRejectRate": \.\.\.\}$/]],
    [{ profiles: { a: { decisions: 'all' } } }, [/^profiles\.a\.decisions: is a key of the policy/]],
    [{ policy: { decision: 'all' } }, [/^policy\.decision: is no such key; allowed: .*decisions$/]],
    [{ policy: [] }, [/^policy: must be an object$/]],
    [{ profiles: { a: { policy: { statuses: [] } } } }, [/^profiles\.a\.policy\.statuses: must list at least one$/]],
    [{ profiles: { 'a b': {} } }, [/^profiles\.a b: /]],
    [{ aws: { regio: 'x' } }, [/^aws\.regio: is no such key; allowed: region, profile$/]],
    [{ aws: { region: 'Frankfurt' } }, [/^aws\.region: must be a region such as/]],
    [{ landing: 'http://shop/in' }, [/^landing: must be "s3:\/\/bucket\/folder\/"/]],
    [{ archive: 's3://shop/old' }, [/^archive: must be "s3:\/\/bucket", without a folder/]],
    [{ database: {} }, [/^database: must have exactly one of embedded, postgres and redshift$/]],
    [{ database: { embedded: 'a', postgres: { url: 'postgres://h/b' } } }, [/^database: must have exactly one/]],
    [{ database: { postgres: { url: 'mysql://h/b' } } }, [/^database\.postgres\.url: must be an address such as/]],
    [{ database: { postgres: { url: { env: 'a b' } } } }, [/^database\.postgres\.url\.env: must be the name of a/]],
    [{ database: { redshift: { database: 'dev' } } }, [/copyRoleArn: must be/, /staging: must be/]],
    [
      { database: { redshift: { database: 'd', copyRoleArn: ROLE, staging: 's3://bucket' } } },
      [/workgroupName: either/],
    ],
    [
      { database: { redshift: { database: 'd', workgroupName: 'w', copyRoleArn: ROLE, staging: 's3://bucket/a' } } },
      [/staging: must be "s3:\/\/bucket", without a folder/],
    ],
  ])('%j', async (value, messages) => {
    const problems = await problemsOf(value);
    expect(problems).toHaveLength(messages.length);
    for (const message of messages) expect(problems).toContainEqual(expect.stringMatching(message));
  });
});

describe('a password', () => {
  it.each([
    { url: 'postgres://me:s3cret@host/db' },
    { url: 'postgres://me:s3 cret@host:x/db' },
    { url: 'postgres://me@host/db?password=s3cret' },
    { url: 'postgres://me@host/db?sslpassword=s3cret' },
    { url: 'postgres://me@host/db', password: 's3cret' },
  ])('written in the file is refused with what to do, and not repeated: %j', async (postgres) => {
    const [problem, ...others] = await problemsOf({ database: { postgres } });
    expect(problem).toContain('{"env": "NAME"}');
    expect(others).toEqual([]);
    expect(problem).not.toContain('s3cret');
  });
  it('stands in the environment', () => {
    expect(readVariable({ env: 'A' }, 'x', { A: 'b' })).toBe('b');
    expect(() => readVariable({ env: 'A' }, 'x', { A: '' })).toThrow('The environment has no A, in which x');
  });
});

describe('a profile', () => {
  const config = {
    policy: { statuses: ['Open', 'Void'], decisions: 'all' },
    landing: 'in',
    database: { embedded: 'data' },
    aws: { region: 'eu-west-1' },
    profiles: { prod: { policy: { terminalStatuses: ['Void'] }, landing: '/data/in', aws: { profile: 'shop' } } },
  };
  const load = async (profile?: string) =>
    await loadConfig({ folder, file: await write(JSON.stringify(config)), profile });

  it('lies over the file, key by key', async () => {
    const found = await load('prod');
    expect(found).toMatchObject({
      policy: { statuses: ['Open', 'Void'], decisions: 'all', terminalStatuses: ['Void'] },
      policyOrigins: {
        statuses: { kind: 'file' },
        terminalStatuses: { kind: 'profile', name: 'prod' },
        maxRejectRate: { kind: 'default' },
      },
      landing: { value: '/data/in', from: { kind: 'profile' } },
      database: { value: { embedded: join(folder, 'data') }, from: { kind: 'file' } },
      region: { value: 'eu-west-1', from: { kind: 'file' } },
      awsProfile: { value: 'shop', from: { kind: 'profile' } },
    });
    expect(found?.archive).toBeUndefined();
  });
  it('is left alone where it is not named', async () => {
    expect(await load()).toMatchObject({ landing: { value: join(folder, 'in') }, policy: { terminalStatuses: [] } });
  });
  it.each(['dev', 'constructor'])('that is not there is refused: %s', async (name) => {
    await expect(load(name)).rejects.toMatchObject({
      code: 'config.unknown-profile',
      message: expect.stringMatching(/^There is no profile ".*" in \d+\.json: it has prod\.$/),
    });
  });
  it('needs a file', async () => {
    await expect(loadConfig({ folder, profile: 'prod' })).rejects.toMatchObject({ code: 'config.unknown-profile' });
  });
});

describe('the file of a folder', () => {
  it('is found, and the one that is named comes first', async () => {
    const place = join(folder, 'found');
    await mkdir(place);
    expect(await findConfigFile(place)).toBeUndefined();
    expect(await loadConfig({ folder: place })).toBeUndefined();
    await writeFile(join(place, 'weir.config.json'), '{}');
    expect(await findConfigFile(place)).toBe(join(place, 'weir.config.json'));
    expect(await findConfigFile(place, 'other.json')).toBe(join(place, 'other.json'));
    await writeFile(join(place, 'weir.config.ts'), '');
    await expect(findConfigFile(place)).rejects.toMatchObject({ code: 'config.ambiguous' });
  });
});

it('defineConfig leaves a configuration as it is', () => {
  const config = { landing: 'in', policy: { decisions: 'all' } } as const;
  expect(defineConfig(config)).toBe(config);
});

it.each([
  [0, 1, 1],
  [2, 2, 1],
  [5, 3, 1],
  [7, 3, 3],
])('offset %i is line %i, column %i', (offset, line, column) => {
  expect(lineAndColumn('a\nb\r\ncde', offset)).toEqual({ line, column });
});
