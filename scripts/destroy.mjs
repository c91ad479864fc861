import { runProjectNode } from './run-project-node.mjs';

await runProjectNode(['infra/src/commands/destroy.ts', ...process.argv.slice(2)]);
