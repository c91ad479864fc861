import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

await runProjectNode([
  // Else V8 marks the whole heap for every 64 MB of buffers that come and go, in the workers too, which inherit this.
  '--external-memory-accounted-in-global-limit',
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  ...process.argv.slice(2),
]);
