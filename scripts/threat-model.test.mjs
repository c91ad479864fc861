// Run with `node --test 'scripts/*.test.mjs'`.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './prepare.mjs';

test('every threat names files that show what holds, and each is there', () => {
  const rows = readFileSync(join(root, 'docs', 'threat-model.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  assert.ok(rows.length >= 10, `${rows.length} threats`);
  for (const row of rows) {
    const files = [
      ...row
        .split('|')
        .at(-2)
        .matchAll(/`([^`]+\.\w+)`/g),
    ].map(([, file]) => file);
    assert.notEqual(files.length, 0, row);
    for (const file of files) assert.ok(existsSync(join(root, file)), `${file} is not there`);
  }
});
