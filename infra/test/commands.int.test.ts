import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';

// Programs start slowly on a machine that is busy with other tests.
jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');

/** Runs a command on a machine that knows no account of AWS. */
function run(command: 'synth' | 'deploy' | 'destroy', args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, `infra/src/commands/${command}.ts`), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    },
  );
  return { status, stdout, stderr: stderr.trim() };
}

describe('deploy', () => {
  test('asks for an address before it does anything', () => {
    expect(run('deploy', [])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Say who gets notices and alarms: npm run deploy -- --email you@example.com',
    });
  });

  test.each([
    [['--email', 'x'], '--email is "x", but it must be an e-mail address.'],
    [['--email', 'a@b.ch', '--stage', 'Prod'], '--stage is "Prod", but it must be '],
    [['--email', 'a@b.ch', '--base-capacity', '1'], '--base-capacity is "1", but it must be '],
    [['--mail', 'a@b.ch'], "unknown option '--mail'"],
    [['--email', 'a@b.ch', 'now'], 'too many arguments'],
  ])('says what is wrong with %j', (args, sentence) => {
    const { status, stdout, stderr } = run('deploy', args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  test('says which region and which credentials are missing', () => {
    const noRegion = run('deploy', ['--email', 'a@b.ch']);
    expect([noRegion.status, noRegion.stdout]).toEqual([1, '']);
    expect(noRegion.stderr).toMatch(/^No AWS region is set\. Set AWS_REGION/);
    const noCredentials = run('deploy', ['--email', 'a@b.ch'], { AWS_REGION: 'eu-west-1' });
    expect([noCredentials.status, noCredentials.stdout]).toEqual([1, '']);
    expect(noCredentials.stderr).toMatch(/^AWS did not accept this machine's credentials, or there are none/);
  });
});

describe('destroy', () => {
  test('deletes data only where the stage is named twice', () => {
    const { status, stderr } = run('destroy', ['--stage', 'trial', '--delete-data', 'prod']);
    expect(status).toBe(2);
    expect(stderr).toContain('--delete-data says "prod", but the stage is "trial": nothing was removed.');
    expect(run('destroy', ['--delete-data']).status).toBe(2);
  });

  test('needs an account', () => {
    expect(run('destroy', [], { AWS_REGION: 'eu-west-1' })).toMatchObject({ status: 1, stdout: '' });
  });
});

test('each command tells about itself', () => {
  for (const command of ['synth', 'deploy', 'destroy'] as const) {
    const { status, stdout } = run(command, ['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: npm run ${command} --`);
  }
});
