import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

await runProjectNode([join(root, 'packages', 'core', 'test', 'fuzz', 'fuzz.ts'), ...process.argv.slice(2)]);
