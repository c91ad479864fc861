import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { AccountStandIn } from './support/account-stand-in.ts';

let account: AccountStandIn | undefined;

afterEach(async () => {
  await account?.stop();
});

async function destroy(stand: AccountStandIn, ...args: string[]) {
  account = stand;
  const env = await stand.start();
  const root = join(import.meta.dirname, '../..');
  const child = spawn(process.execPath, [join(root, 'infra/src/commands/destroy.ts'), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  return { status, stdout, stderr };
}

test('removes what works, keeps what holds data, and says what stays', async () => {
  const stand = new AccountStandIn({
    'weir-trial-stateless': [],
    'weir-trial-stateful': ['trial-landing', 'trial-archive'],
    'weir-prod-stateless': [],
  });
  const { status, stdout, stderr } = await destroy(stand, '--stage', 'trial');
  expect([status, stderr]).toEqual([0, '']);
  expect(stand.deleted).toEqual(['weir-trial-stateless']);
  expect(stdout).toContain('from account 123456789012, region eu-west-1');
  expect(stdout).toMatch(/weir-trial-stateful stays,[\s\S]* trial-landing\n {2}trial-archive\n/);
  expect(stdout).toContain('npm run destroy -- --stage trial --delete-data trial');
});

test('has nothing to do where nothing was deployed', async () => {
  const stand = new AccountStandIn({});
  const { status, stdout } = await destroy(stand, '--delete-data', 'prod');
  expect([status, stand.deleted]).toEqual([0, []]);
  expect(stdout).toContain('There is no stack weir-prod-stateless (any more).');
  expect(stdout).toContain('There is no stack weir-prod-stateful (any more).');
});
