// Run with `node --test 'scripts/*.test.mjs'`. The lint rules that keep core pure must find what is planted, in core and only there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeFixtureTree } from './fixture-tree.mjs';

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const root = fileURLToPath(new URL('..', import.meta.url));

const impure = [
  "import fs from 'node:fs';\n\nexport default fs;\n",
  "import fs from 'fs';\n\nexport default fs;\n",
  "import pg from 'pg';\n\nexport default pg;\n",
  "export { default } from '@weir/datagen';\n",
  'export const a = Date.now();\n',
  'export const a = Date.now;\n',
  'export const a = new Date();\n',
  'export const a = Date();\n',
  'export const a = performance.now();\n',
  'export const a = Math.random();\n',
  'export const a = crypto.randomUUID();\n',
  'export const a = process.env.HOME;\n',
  'export const a = globalThis.process;\n',
  "console.log('a');\n",
  "export const a = Buffer.from('a');\n",
];

for (const text of impure) {
  test(`core may not say ${text.trim().replaceAll('\n', ' ')}`, () => {
    assert.equal(lint('packages/core/src/index.ts', text).status, 1);
  });
}

const pure = [
  "import * as z from 'zod';\n\nexport default z;\n",
  "import { a } from './a.ts';\n\nexport default a;\n",
  "import { a } from '../ports/a.ts';\n\nexport default a;\n",
  'export const a = (ms: number) => new Date(ms).getTime();\n',
  'export const a = Date.UTC(2026, 0, 1);\n',
  'export const a = Math.floor(1.5);\n',
];

for (const text of pure) {
  test(`core may say ${text.trim().replaceAll('\n', ' ')}`, () => {
    const { status, output } = lint('packages/core/src/index.ts', text);

    assert.equal(status, 0, output);
  });
}

test('other packages may know the time and their process', () => {
  const text = "import fs from 'node:fs';\n\nconsole.log(Date.now(), process.pid, fs);\n";

  const { status, output } = lint('packages/cli/src/index.ts', text);

  assert.equal(status, 0, output);
});

function lint(path, text) {
  const tree = writeFixtureTree({ [path]: text });
  try {
    cpSync(join(root, 'biome.json'), join(tree.root, 'biome.json'));
    cpSync(join(root, 'scripts', 'pure-core.grit'), join(tree.root, 'scripts', 'pure-core.grit'));
    const args = [biome, 'lint', '--vcs-enabled=false', path];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree.root, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  } finally {
    tree.remove();
  }
}
