// `npm run docs`: makes the pages that are made, and the site. With `--check` it only says which page is not as it should be.
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

await runProjectNode([join(root, 'scripts', 'docs', 'main.mjs'), ...process.argv.slice(2)]);
