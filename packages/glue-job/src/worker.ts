/** The program that every executor pipes its splits to. See protocol/. */
import { createInterface } from 'node:readline';
import { createWorkerPorts } from './composition/create-worker-ports.ts';
import { describeMachine } from './worker/describe-machine.ts';
import { runWorker } from './worker/run-worker.ts';

try {
  await runWorker(createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }), {
    createPorts: createWorkerPorts,
    print: (line) => process.stdout.write(`${line}\n`),
    machine: describeMachine(),
  });
} catch (error) {
  // The task fails with this process, and Spark tries it again elsewhere.
  console.error(`The worker failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
}
