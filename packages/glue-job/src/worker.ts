/** The program that every executor pipes its splits to. See protocol/. */
import { createInterface } from 'node:readline';
import { createWorkerPorts } from './composition/create-worker-ports.ts';
import { log } from './job/log.ts';
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
  const { message = String(error), stack } = error as Partial<Error>;
  log('ERROR', `The worker failed: ${message}`, { stack });
  process.exitCode = 1;
}
