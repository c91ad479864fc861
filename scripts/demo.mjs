import { runWeir } from './run-project-node.mjs';

await runWeir(['demo', ...process.argv.slice(2)]);
