import { runWeir } from './run-project-node.mjs';

await runWeir(process.argv.slice(2));
