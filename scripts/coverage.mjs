import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

/** The unit suites of the packages whose code is counted, and the contracts of the ports that it stands behind. */
const SUITES = [
  'packages/(core|warehouse-sql|port-contracts)/test/',
  'packages/adapters-local/test/postgres-.*contract',
];

await runProjectNode([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  '--coverage',
  '--testPathPatterns',
  ...(process.argv.length > 2 ? process.argv.slice(2) : SUITES),
]);
