/** The program that does one run, beside the driver of the Spark job. See protocol/. */
import { createInterface } from 'node:readline';
import { createJobPorts } from './composition/create-job-ports.ts';
import { JobChannel } from './job/job-channel.ts';
import { log } from './job/log.ts';
import { readArguments } from './job/read-arguments.ts';
import { runJob } from './job/run-job.ts';

const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
const channel = new JobChannel(input, (line) => process.stdout.write(line));
const end = await runJob({
  createPorts: () => createJobPorts(readArguments(process.argv.slice(2)), channel),
  log,
});
channel.send({ kind: 'end', ...end });
process.exitCode = end.outcome === 'failed' ? 1 : 0;
// What is still open, connections and the driver's pipe, has nothing to do any more.
input.close();
process.stdin.destroy();
