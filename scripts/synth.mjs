import { runProjectNode } from './run-project-node.mjs';

await runProjectNode(['infra/src/commands/synth.ts', ...process.argv.slice(2)]);
