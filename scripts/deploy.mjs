import { runProjectNode } from './run-project-node.mjs';

await runProjectNode(['infra/src/commands/deploy.ts', ...process.argv.slice(2)]);
