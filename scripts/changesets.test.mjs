// A release is rare, so what it needs is tried on a copy of the manifests with every build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const copy = mkdtempSync(join(tmpdir(), 'weir-release-'));
after(() => rmSync(copy, { recursive: true }));

test('a release gives all packages one higher version, and its sentences to the changelogs', () => {
  for (const file of git(root, 'ls-files', '.changeset', '*package.json', '*pnpm-*.yaml').trim().split('\n')) {
    cpSync(join(root, file), join(copy, file));
  }
  const sentence = 'A sentence about this change.';
  writeFileSync(join(copy, '.changeset', 'planted.md'), `---\n'@weir/core': major\n---\n\n${sentence}\n`);
  git(copy, 'init', '--quiet', '--initial-branch', 'main');
  git(copy, 'add', '.');
  git(copy, '-c', 'user.name=Weir', '-c', 'user.email=weir@example.org', 'commit', '--quiet', '--message', 'All');

  execFileSync(join(root, 'node_modules', '.bin', 'changeset'), ['version'], { cwd: copy, stdio: 'pipe' });

  const manifests = git(copy, 'ls-files', 'packages/*/package.json').trim().split('\n');
  const versions = manifests.map((file) => JSON.parse(read(file)).version);
  assert.equal(versions.length, git(root, 'ls-files', 'packages/*/package.json').trim().split('\n').length);
  assert.deepEqual([...new Set(versions)], ['1.0.0']);
  assert.match(read('packages/core/CHANGELOG.md'), new RegExp(`## 1\\.0\\.0[\\s\\S]*${sentence}`));
  assert.match(read('packages/cli/CHANGELOG.md'), /@weir\/core@1\.0\.0/);
  assert.equal(git(copy, 'ls-files', '--deleted', '.changeset').includes('planted.md'), true);
});

function read(file) {
  return readFileSync(join(copy, file), 'utf8');
}

function git(cwd, ...args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}
