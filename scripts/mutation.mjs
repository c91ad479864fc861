import { join } from 'node:path';
import { groups } from './mutation/groups.mjs';
import { root } from './prepare.mjs';
import { runProjectNode } from './run-project-node.mjs';

const [group, ...only] = process.argv.slice(2);
if (!(group in groups)) {
  process.stderr.write(`Usage: npm run mutation -- <${Object.keys(groups).join(' | ')}> [file ...]\n`);
  process.exit(2);
}
await runProjectNode(
  [join(root, 'scripts', 'mutation', 'run-stryker.mjs'), join(root, 'scripts', 'mutation', 'stryker.config.mjs')],
  { env: { WEIR_MUTATION_GROUP: group, ...(only.length > 0 && { WEIR_MUTATION_ONLY: only.join(',') }) } },
);
