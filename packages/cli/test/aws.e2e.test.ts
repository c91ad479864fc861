import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { CUSTOMERS, PRODUCTS, transactions } from './support/csv.ts';
import { runCommand, startCommand } from './support/run-command.ts';
import { openShopOnAws, PROFILE, type ShopOnAws } from './support/shop-on-aws.ts';
import { visitDashboard } from './support/visit-dashboard.ts';

const DAYS = ['--from', '2023-03-15', '--to', '2023-03-17'];
/** The secret of a user who may only look. */
const LOOKER = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:looker';
const CONFIG = {
  landing: 'data/landing',
  profiles: {
    aws: PROFILE,
    nowhere: { database: PROFILE.database },
    looker: { ...PROFILE, database: { redshift: { ...PROFILE.database.redshift, secretArn: LOOKER } } },
    lost: { ...PROFILE, landing: 's3://shop-lost' },
    unstaged: { aws: PROFILE.aws, database: { redshift: { ...PROFILE.database.redshift, staging: 's3://shop-lost' } } },
  },
};

let shop: ShopOnAws;
let keys: readonly string[];
beforeAll(async () => {
  shop = await openShopOnAws(CONFIG);
  await weir('generate', '--out', 'data', '--days', '3', '--rows', '200');
  keys = await shop.land(shop.folder.in('data/landing'));
}, 60_000);
afterAll(() => shop.close());

const weir = (...args: string[]) => shop.weir(...args);

const newestRun = async () => (await weir('runs', '--limit', '1', '--profile', 'aws')).json().runs[0];

describe('the same command with a profile on AWS', () => {
  it('says that there are no tables yet', async () => {
    const ended = await weir('runs', '--profile', 'aws');
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.json().error).toMatchObject({ code: 'warehouse.not-initialised' });
    expect(ended.stderr).toMatch(/next: Create them: .*weir init/);
  });

  it('creates the tables, loads dimensions from files and transactions from S3, as the answer key has it', async () => {
    const init = await weir('init', '--profile', 'aws');
    expect(init.json()).toMatchObject({ before: 0, database: 'Redshift shop/weir' });
    const dimensions = ['--products', 'data/dimensions/products.csv', '--customers', 'data/dimensions/customers.csv'];
    expect(await weir('dimensions', 'load', ...dimensions, '--profile', 'aws')).toMatchObject({ code: 0 });

    const planned = (await weir('plan', '--profile', 'aws')).json();
    expect((await weir('runs', '--profile', 'aws')).json()).toEqual({ runs: [] });
    const ended = await weir('ingest', '--profile', 'aws');
    expect(planned.totals).toEqual(ended.json().totals);
    expect(ended.json()).toMatchObject({ archived: keys.length, notMoved: [] });
    const expected = JSON.parse(await readFile(shop.folder.in('data/expected.json'), 'utf8'));
    expect(await shop.digest()).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
    expect((await weir('ingest', '--profile', 'aws')).json()).toMatchObject({ files: [] });
  }, 60_000);

  it('tells the faults of a file that lies in S3, as those of a file', async () => {
    const key = keys[0]!;
    const [inS3, here] = [
      await weir('validate', `s3://shop-archive/${key}`, '--profile', 'aws'),
      await weir('validate', `data/landing/${key}`),
    ];
    const faultsOf = ({ json }: typeof inS3) => json().files[0].faults;
    expect(faultsOf(here)).not.toEqual([]);
    expect(faultsOf(inS3)).toEqual(faultsOf(here));
    const missing = await weir('validate', 's3://shop-landing/nothing.csv', 's3://shop-lost/a.csv', '--profile', 'aws');
    expect(missing.json().files).toMatchObject([
      { problem: { code: 'validate.not-found' } },
      { problem: { code: expect.stringMatching(/^landing\./) } },
    ]);
  });

  it('watches a bucket by sweeps, and says so', async () => {
    const key = `transactions/year=2023/month=04/day=01/late.csv`;
    shop.simulator.putObjectAt('shop-landing', key, transactions('late', 2), new Date());
    const args = ['watch', '--sweep-seconds', '1', '--profile', 'aws', '--json'];
    const watching = startCommand(args, { cwd: shop.folder.path, env: shop.simulator.environment });
    await watching.says(/only the sweep every 1 second finds files/);
    await watching.says(/"key":"transactions\/year=2023\/month=04\/day=01\/late.csv","status":"loaded"/);
    watching.child.kill('SIGTERM');
    expect(await watching.end).toMatchObject({ code: 0 });
  }, 60_000);

  it('tells of its runs', async () => {
    const { runs } = (await weir('runs', '--profile', 'aws')).json();
    expect(runs).toHaveLength(2);
    const shown = (await weir('runs', 'show', runs[1].runId, '--profile', 'aws')).json();
    expect(shown.files.map(({ key }: { key: string }) => key)).toEqual(keys);
  });

  it('finds its archive whole, and no gap', async () => {
    const verified = await weir('archive', 'verify', '--strays', '--profile', 'aws');
    expect(verified).toMatchObject({ code: 0 });
    const files = keys.length + 1;
    const whole = { files, intact: files, strays: 0, problems: [] };
    expect(verified.json()).toMatchObject({ location: 's3://shop-archive/', ...whole });
    expect((await weir('gaps', ...DAYS, '--profile', 'aws')).json()).toMatchObject({ days: 3, whole: 3, gaps: [] });
  }, 60_000);

  it('fills another database from the archive in S3, with the times of landing', async () => {
    const other = await openTestDatabase();
    try {
      const on = ['--database-url', other.connectionString];
      expect((await weir('init', ...on)).code).toBe(0);
      const dimensions = ['--products', 'data/dimensions/products.csv', '--customers', 'data/dimensions/customers.csv'];
      await weir('dimensions', 'load', ...dimensions, ...on);
      const ended = await weir('backfill', ...DAYS, '--from-archive', '--profile', 'aws', ...on);
      const [run] = ended.json().runs;
      expect(run).toMatchObject({ archived: 0, quarantined: 0 });
      const first = (await weir('runs', '--profile', 'aws')).json().runs.at(-1);
      const [theirs, ours] = [
        await weir('runs', 'show', first.runId, '--profile', 'aws'),
        await weir('runs', 'show', run.runId, ...on),
      ];
      expect(ours.json().files).toEqual(theirs.json().files);
    } finally {
      await other.close();
    }
  }, 120_000);

  it('loads nothing twice from the archive, and reads its rejects again', async () => {
    const again = await weir('backfill', ...DAYS, '--from-archive', '--profile', 'aws');
    expect(again).toMatchObject({ code: 0 });
  }, 60_000);

  it('tells of rows, transactions and runs as it does on one machine', async () => {
    const [file] = (await weir('runs', 'show', (await newestRun()).runId, '--profile', 'aws')).json().files;
    const listed = (await weir('rejects', 'list', '--file', file.key, '--profile', 'aws')).json();
    expect(listed.rejects.map(({ line }: { line: number }) => line)).toEqual([2, 3]);
    const [, id] = /\n([^,]+),/.exec(await readFile(shop.folder.in('data/landing', keys[0]!), 'utf8'))!;
    expect((await weir('explain', id!, '--profile', 'aws')).json()).toMatchObject({ fact: { transaction_id: id } });
    expect((await weir('report', '--out', 'report.html', '--profile', 'aws')).code).toBe(0);
    expect(await readFile(shop.folder.in('report.html'), 'utf8')).toContain('late.csv');
  }, 60_000);

  it('writes rejected rows down, reads them again, gives them up and heals them', async () => {
    const rejects = async (name: string, ...args: string[]) =>
      (await weir('rejects', name, '--file', 'late.csv', ...args, '--profile', 'aws')).json();
    expect(await rejects('export', '--out', 'late-rejects.csv')).toMatchObject({ rejects: 2 });
    expect(await readFile(shop.folder.in('late-rejects.csv'), 'utf8')).toMatch(/^late-0,C1,P1,.*\r?\nlate-1,C1,P1,/m);
    expect(await rejects('replay')).toMatchObject({ read: 2, unchanged: 2, healed: 0 });
    expect(await rejects('dismiss', '--line', '3', '--yes')).toEqual({ dismissed: 1 });

    await shop.folder.write('products.csv', PRODUCTS);
    await shop.folder.write('customers.csv', CUSTOMERS);
    const files = ['--products', 'products.csv', '--customers', 'customers.csv'];
    const loaded = (await weir('dimensions', 'load', ...files, '--profile', 'aws')).json();
    expect(loaded).toMatchObject({ status: 'loaded', rejects: { healed: 1 } });
    const { rejects: all } = await rejects('list', '--state', 'all');
    expect(all).toMatchObject([
      { line: 2, state: 'resolved' },
      { line: 3, state: 'dismissed' },
    ]);
    const { fact } = (await weir('explain', 'late-0', '--profile', 'aws')).json();
    expect(fact).toMatchObject({ customer_id: 'C1', product_name: 'Mug' });
    expect(await rejects('replay')).toMatchObject({ read: 0 });
  }, 120_000);

  it('shows every page of the dashboard', async () => {
    const { environment: env } = shop.simulator;
    const serving = startCommand(['serve', '--port', '0', '--profile', 'aws', '--json'], {
      cwd: shop.folder.path,
      env,
    });
    for (const [page, status] of await visitDashboard(serving)) expect([page, status]).toEqual([page, 200]);
    expect(await serving.end).toMatchObject({ code: 0 });
  }, 60_000);

  it('takes a run back', async () => {
    const { runId } = await newestRun();
    const ended = await weir('undo', runId, '--yes', '--profile', 'aws');
    expect(ended).toMatchObject({ code: 0 });
    expect(await newestRun()).toMatchObject({ runId, status: 'undone' });
  }, 60_000);

  it('finds nothing wrong with it, and leaves nothing behind', async () => {
    const { checks } = (await weir('doctor', '--profile', 'aws')).json();
    const told = Object.fromEntries(checks.map(({ check, ...found }: { check: string }) => [check, found]));
    expect(told).toMatchObject({
      'AWS identity': { status: 'ok', message: 'arn:aws:iam::123456789012:user/simulated in eu-central-1' },
      landing: { status: 'ok', message: 's3://shop-landing' },
      database: { status: 'ok', message: 'Redshift shop/weir' },
      ...Object.fromEntries(
        ['archive', 'quarantine', 'tables', 'permissions', 'clock'].map((check) => [check, { status: 'ok' }]),
      ),
    });
  });

  it('says which bucket is not there, and what to do', async () => {
    const find = (checks: { check: string }[], name: string) => checks.find(({ check }) => check === name);
    const lost = await weir('doctor', '--profile', 'lost');
    expect(lost.code).toBe(1);
    expect(find(lost.json().checks, 'landing')).toMatchObject({
      status: 'failed',
      message: 's3://shop-lost cannot be used: there is no bucket shop-lost.',
      remedy: 'Make the bucket, or correct its name in the configuration.',
    });
    const unstaged = await weir('doctor', '--profile', 'unstaged');
    expect(find(unstaged.json().checks, 'database')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('there is no bucket shop-lost'),
    });
  });

  it('answers a user who may only look, and says where the rights to change rows are to be had', async () => {
    const { redshift, context } = shop.simulator;
    context.secrets.put(LOOKER, JSON.stringify({ username: 'looker', password: 'Made1up2' }));
    const refused = await weir('runs', '--profile', 'looker');
    expect(refused.json().error).toMatchObject({ code: 'warehouse.login-refused' });
    await redshift.createUser('looker', 'Made1up2');
    await redshift.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO "${redshift.roleOf('looker')}"`);

    expect((await weir('runs', '--profile', 'looker')).json().runs).not.toEqual([]);
    const { checks } = (await weir('doctor', '--profile', 'looker')).json();
    expect(checks.filter(({ status }: { status: string }) => status === 'failed')).toEqual([
      expect.objectContaining({
        check: 'permissions',
        remedy: expect.stringMatching(
          /GRANT .*; or use the user of the secret of the deployment, whose set-up grants all of them/,
        ),
      }),
    ]);
    const loaded = await weir(
      'dimensions',
      'load',
      '--products',
      'data/dimensions/products.csv',
      '--profile',
      'looker',
    );
    expect(loaded.json().error).toMatchObject({
      code: 'warehouse.permission-denied',
      remedy: expect.stringContaining('set again by its set-up'),
    });
  }, 60_000);

  it('says that nobody is signed in, and asks AWS nothing more', async () => {
    const env = {
      AWS_ENDPOINT_URL: shop.simulator.clientConfig.endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      HOME: shop.folder.path,
    };
    const ended = await runCommand(['doctor', '--profile', 'aws', '--json'], { cwd: shop.folder.path, env });
    expect(ended.code).toBe(1);
    const { checks } = ended.json();
    expect(checks.filter(({ status }: { status: string }) => status === 'failed')).toEqual([
      expect.objectContaining({ check: 'AWS identity', remedy: expect.stringContaining('aws sso login') }),
    ]);
  });

  it('says that no region is known', async () => {
    const env = { ...shop.simulator.environment, AWS_REGION: '', AWS_DEFAULT_REGION: '', HOME: shop.folder.path };
    const ended = await runCommand(['runs', '--profile', 'nowhere', '--json'], { cwd: shop.folder.path, env });
    expect(ended.code).toBe(2);
    expect(ended.json().error.code).toBe('usage.no-region');
  });
});
