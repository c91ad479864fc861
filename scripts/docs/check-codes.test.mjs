import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAULTS, FILE_REFUSAL_CODES } from '../../packages/core/src/index.ts';
import { listCodesOfPage, listCodesOfSources } from './list-codes.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const explained = listCodesOfPage(readFileSync(join(root, 'docs', 'reference', 'codes.md'), 'utf8'));

test('every code of a row and of a refused file is explained', () => {
  assert.deepEqual(
    [...FAULTS.map(({ code }) => code), ...FILE_REFUSAL_CODES].filter((code) => !explained.has(code)),
    [],
  );
});

test('every code of a failure that the sources name is explained', () => {
  const codes = listCodesOfSources(root);

  assert.ok(codes.length > 50);
  assert.deepEqual(
    codes.filter((code) => !explained.has(code)),
    [],
  );
});

test('no code is explained that the sources do not name', () => {
  const known = new Set([
    ...listCodesOfSources(root),
    ...FAULTS.map(({ code }) => code),
    ...FILE_REFUSAL_CODES,
    'usage.*',
    'interrupted',
  ]);

  assert.deepEqual(
    [...explained].filter((code) => !known.has(code)),
    [],
  );
});
