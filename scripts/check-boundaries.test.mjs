// Run with `node --test 'scripts/*.test.mjs'`. Every rule must find the fault that is planted for it, and no other rule may.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { forbidden } from '../.dependency-cruiser.mjs';
import { writeFixtureTree } from './fixture-tree.mjs';

const program = fileURLToPath(new URL('./check-boundaries.mjs', import.meta.url));

const faults = [
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "import 'node:fs';" }],
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "import 'fs';" }],
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "import 'pg';" }],
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "import '@weir/warehouse-sql';" }],
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "import type { A } from '@weir/datagen';" }],
  ['core-imports-only-zod', { 'packages/core/src/index.ts': "export const later = () => import('node:os');" }],
  ...['rules', 'intake', 'ports', 'policy', 'staging'].map((folder) => [
    'core-points-inward',
    { [`packages/core/src/${folder}/a.ts`]: "import '../use-cases/b.ts';", 'packages/core/src/use-cases/b.ts': '' },
  ]),
  ['warehouse-sql-imports-only-core', { 'packages/warehouse-sql/src/index.ts': "import 'pg';" }],
  ['warehouse-sql-imports-only-core', { 'packages/warehouse-sql/src/index.ts': "import 'node:fs';" }],
  ['pages-know-only-core', { 'packages/pages/src/index.ts': "import '@weir/adapters-local';" }],
  ['pages-know-only-core', { 'packages/pages/src/index.ts': "import 'node:fs';" }],
  ['adapters-import-only-inner-packages', { 'packages/adapters-local/src/index.ts': "import '@weir/adapters-other';" }],
  ['adapters-import-only-inner-packages', { 'packages/adapters-local/src/index.ts': "import '@weir/port-contracts';" }],
  [
    'adapters-import-only-inner-packages',
    { 'packages/adapters-local/src/index.ts': "import '../../adapters-other/src/index.ts';" },
  ],
  [
    'adapter-tests-import-only-inner-packages',
    { 'packages/adapters-local/test/a.test.ts': "import '@weir/adapters-other';" },
  ],
  ['inversify-only-in-composition', { 'packages/adapters-local/src/index.ts': "import 'inversify';" }],
  ['inversify-only-in-composition', { 'packages/cli/src/index.ts': "import 'reflect-metadata';" }],
  ['datagen-is-independent-of-core', { 'packages/datagen/src/index.ts': "import '@weir/core';" }],
  ['datagen-is-independent-of-core', { 'packages/datagen/test/a.test.ts': "import '@weir/core';" }],
  [
    'testing-only-from-tests',
    { 'packages/cli/src/index.ts': "import '@weir/core/testing';", 'packages/core/src/testing/index.ts': '' },
  ],
  ['nobody-imports-an-entry-point', { 'packages/port-contracts/src/index.ts': "import '@weir/cli';" }],
  ['nobody-imports-an-entry-point', { 'packages/cli/src/index.ts': "import '@weir/lambdas';" }],
  [
    'nobody-imports-an-entry-point',
    { 'packages/cli/src/index.ts': "import '../../trials/src/main.ts';", 'packages/trials/src/main.ts': '' },
  ],
  ['simulator-only-from-tests', { 'packages/lambdas/src/index.ts': "import '@weir/aws-simulator';" }],
  ['simulator-knows-no-rules', { 'packages/aws-simulator/src/index.ts': "import '@weir/core';" }],
  [
    'no-circles',
    {
      'packages/cli/src/index.ts': "import type { B } from './b.ts'; export type A = B;",
      'packages/cli/src/b.ts': "import type { A } from './index.ts'; export type B = A;",
    },
  ],
  ['no-unresolved', { 'packages/cli/src/index.ts': "import './missing.ts';" }],
];

for (const [rule, files] of faults) {
  test(`${rule} finds ${Object.values(files)[0]}`, () => {
    const { status, rules } = check(files);

    assert.deepEqual([...new Set(rules)], [rule]);
    assert.equal(status, 1);
  });
}

test('every rule has a fault that it must find', () => {
  assert.deepEqual(new Set(faults.map(([rule]) => rule)), new Set(forbidden.map(({ name }) => name)));
});

test('imports that point inward are allowed', () => {
  const { status, rules } = check({
    'packages/core/src/index.ts': "import * as z from 'zod'; import './use-cases/b.ts'; export default z;",
    'packages/core/src/use-cases/b.ts': "import '../rules/a.ts';",
    'packages/core/src/rules/a.ts': '',
    'packages/core/src/testing/index.ts': '',
    'packages/warehouse-sql/src/index.ts': "import '@weir/core';",
    'packages/port-contracts/src/index.ts': "import '@weir/core/testing';",
    'packages/adapters-local/src/index.ts':
      "import 'node:fs'; import 'pg'; import '@weir/core'; import '@weir/warehouse-sql';",
    'packages/adapters-local/test/a.test.ts': "import '@weir/port-contracts'; import '@weir/core/testing';",
    'packages/cli/src/index.ts': "import './composition/compose.ts';",
    'packages/cli/src/composition/compose.ts':
      "import 'inversify'; import '@weir/adapters-local'; import '@weir/datagen';",
  });

  assert.deepEqual(rules, []);
  assert.equal(status, 0);
});

test('a package of which no module is visited fails the check', () => {
  const { status, output } = check({ 'packages/datagen/src/index.ts': null });

  assert.match(output, /packages\/datagen: no module was visited/);
  assert.equal(status, 1);
});

function check(files) {
  const { root, remove } = writeFixtureTree(files);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, root], { encoding: 'utf8' });
    const rules = [...stderr.matchAll(/^ {2}([a-z-]+): /gm)].map(([, name]) => name);
    return { status, rules, output: stdout + stderr };
  } finally {
    remove();
  }
}
