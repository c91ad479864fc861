import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

/** The unit and contract suites of the packages whose code is counted. */
const SUITES = 'packages/((core|warehouse-sql|port-contracts)/test/|adapters-local/test/postgres-[a-z-]+\\.contract)';

await runProjectNode([
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  '--coverage',
  ...(process.argv.length > 2 ? process.argv.slice(2) : ['--testPathPatterns', SUITES]),
]);
