import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@weir/config';
import { chooseDatabase } from '../src/config/choose-database.ts';
import { listSettings } from '../src/config/list-settings.ts';
import { describeSource } from '../src/config/setting-source.ts';
import { resolvePlaces } from '../src/ingest/resolve-places.ts';
import type { Session } from '../src/session.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await openTemporaryFolder();
});
afterAll(() => folder.remove());

const URL = 'postgres://me@h/b';
const REDSHIFT = {
  database: 'dev',
  workgroupName: 'shop',
  copyRoleArn: 'arn:aws:iam::123456789012:role/copy',
  staging: 's3://shop-staging',
};
const CONFIG = {
  policy: { maxRejectRate: 0.5, decisions: 'all' },
  landing: 'in',
  database: { postgres: { url: 'postgres://me@file/b', password: { env: 'SHOP_PASSWORD' } } },
  profiles: {
    prod: { policy: { decisions: 'none' }, landing: 's3://shop-landing/', database: { redshift: REDSHIFT } },
    embedded: { database: { embedded: 'data' } },
    variable: { database: { postgres: { url: { env: 'SHOP_URL' } } } },
  },
};

async function open(
  { profile, env = {}, url }: { profile?: string; env?: NodeJS.ProcessEnv; url?: string } = {},
  config: object | undefined = CONFIG,
): Promise<Session> {
  const file = config && (await folder.write(`${JSON.stringify(config).length}.json`, JSON.stringify(config)));
  const configuration = file === undefined ? undefined : await loadConfig({ folder: folder.path, file, profile });
  return {
    options: url === undefined ? {} : { databaseUrl: url },
    ...{ configuration, policy: configuration?.policy, cwd: folder.path, env },
  } as Session;
}

const withoutFile = async (setting = {}) => ({ ...(await open(setting)), configuration: undefined, policy: undefined });

describe('the database is that of', () => {
  it.each([
    ['the option before all', { url: URL, profile: 'prod', env: { WEIR_DATABASE_URL: 'x' } }, 'flag --database-url'],
    ['a profile before the environment', { profile: 'prod', env: { WEIR_DATABASE_URL: URL } }, 'profile prod'],
    ['the environment before the file', { env: { WEIR_DATABASE_URL: URL } }, 'environment WEIR_DATABASE_URL'],
    ['the file', { env: { WEIR_DATABASE_URL: '', SHOP_PASSWORD: 'x' } }, /^file \d+\.json$/],
  ])('%s', async (_, setting, from) => {
    expect(describeSource((await chooseDatabase(await open(setting))).from)).toMatch(from);
  });
  it('the embedded server where nothing names one', async () => {
    expect(await chooseDatabase(await withoutFile({ env: { WEIR_DATABASE_URL: '' } }))).toEqual({
      kind: 'embedded',
      dataDirectory: join(folder.path, '.weir/postgres'),
      from: { kind: 'default' },
    });
  });
});

describe('a database of the configuration', () => {
  it('has its password from the environment, whatever that holds', async () => {
    const choice = await chooseDatabase(await open({ env: { SHOP_PASSWORD: 'a%b@c/d' } }));
    expect(choice).toMatchObject({ kind: 'url', url: 'postgres://me:a%25b%40c%2Fd@file/b' });
  });
  it('has its address from the environment', async () => {
    expect(await chooseDatabase(await open({ profile: 'variable', env: { SHOP_URL: URL } }))).toMatchObject({
      url: URL,
    });
  });
  it('is refused where the environment has none, or no address', async () => {
    await expect(chooseDatabase(await open())).rejects.toMatchObject({
      code: 'config.missing-variable',
      message:
        'The environment has no SHOP_PASSWORD, in which database.postgres.password of the configuration says to look.',
    });
    await expect(
      chooseDatabase(await open({ profile: 'variable', env: { SHOP_URL: 'mysql://s3cret' } })),
    ).rejects.toMatchObject({ code: 'usage.database-url', message: expect.stringMatching(/^SHOP_URL is not/) });
  });
  it('may be a folder beside the file', async () => {
    expect(await chooseDatabase(await open({ profile: 'embedded' }))).toMatchObject({
      kind: 'embedded',
      dataDirectory: join(folder.path, 'data'),
    });
  });
});

describe('places', () => {
  it('are those of the command line before those of the configuration', async () => {
    expect(await resolvePlaces({ landing: 'x' }, await open())).toMatchObject({ landing: join(folder.path, 'x') });
    expect(await resolvePlaces({}, await open())).toMatchObject({ landing: join(folder.path, 'in') });
    expect(await resolvePlaces({}, await open({ profile: 'prod' }))).toMatchObject({ landing: 's3://shop-landing/' });
  });
  it('in S3 take files to a bucket as a whole', async () => {
    const names = { landing: 's3://shop-landing/in', archive: 's3://shop-archive/old' };
    await expect(resolvePlaces(names, await open())).rejects.toMatchObject({
      code: 'usage.place-not-a-bucket',
      remedy: 'Name a bucket of its own for the archive: s3://shop-archive.',
    });
  });
  it.each(['s3://', 's3:///in', 's3://Shop/in'])('in S3 name a bucket: %s', async (landing) => {
    await expect(resolvePlaces({ landing }, await open())).rejects.toMatchObject({ code: 'usage.place-not-a-bucket' });
  });
  it('are asked for where nothing names the landing place', async () => {
    await expect(resolvePlaces({ archive: 'a' }, await withoutFile())).rejects.toMatchObject({
      code: 'usage.missing-option',
      exitCode: 2,
    });
  });
});

describe('settings are listed', () => {
  const list = async (session: Session) =>
    Object.fromEntries(
      (await listSettings(session, {})).map(({ key, value, from }) => [key, [value, from && describeSource(from)]]),
    );

  it('with where each comes from, and without secrets', async () => {
    const env = { SHOP_PASSWORD: 's3cret', AWS_REGION: 'eu-central-1' };
    const settings = await list(await open({ env }));
    expect(settings).toMatchObject({
      landing: [join(folder.path, 'in'), expect.stringMatching(/^file /)],
      archive: [undefined, undefined],
      database: ['postgres://me:***@file/b', expect.stringMatching(/^file /)],
      'aws.region': ['eu-central-1', 'environment AWS_REGION'],
      'policy.decisions': ['all', expect.stringMatching(/^file /)],
      'policy.amountClasses': ['Small below 100.00, Medium below 500.00, Large', 'default'],
    });
    expect(JSON.stringify(settings)).not.toContain('s3cret');
  });
  it('of a profile, whose policy lies over that of the file', async () => {
    expect(await list(await open({ profile: 'prod' }))).toMatchObject({
      database: ['Redshift shop/dev', 'profile prod'],
      'policy.decisions': ['none', 'profile prod'],
      'policy.maxRejectRate': ['0.5', expect.stringMatching(/^file /)],
    });
  });
});
