import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

/** The unit suites of the packages whose code is counted, and the contracts of the ports in memory. */
const SUITES = ['packages/(core|warehouse-sql|port-contracts)/test/'];

/** They reach nothing that quicker tests do not reach, and take most of the time. */
const SLOW = [
  'known-bad-adapters',
  'registry',
  'redshift-statements',
  'core/test/fuzz/',
  'arbitrary-bytes',
  'online-retail',
  'chaos',
  'crash-points',
  'fault-sweep',
  '(use-cases|replay|undo)/[a-z-]*promise',
];

/** What is reached, in percent: below it the command fails. */
const LEAST = {
  './packages/core/src/': { statements: 100, branches: 100, functions: 100, lines: 100 },
  './packages/warehouse-sql/src/': { statements: 100, branches: 100, functions: 100, lines: 100 },
};

await runProjectNode([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  '--coverage',
  '--coverageThreshold',
  JSON.stringify(LEAST),
  '--testPathPatterns',
  ...SUITES,
  '--testPathIgnorePatterns',
  '/node_modules/',
  ...SLOW,
  ...process.argv.slice(2),
]);
