import { createInterface } from 'node:readline';
import type { DoRunOptions } from './do-run.ts';
import { JobChannel } from './job-channel.ts';
import { log } from './log.ts';
import { type JobArguments, readArguments } from './read-arguments.ts';
import { runJob } from './run-job.ts';

export type CreateJobPorts = (given: JobArguments, channel: JobChannel) => Omit<DoRunOptions, 'onEvent'>;

/** The program beside the driver, from its arguments to its last word. */
export async function runProgram(createPorts: CreateJobPorts): Promise<void> {
  const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const channel = new JobChannel(input, (line) => process.stdout.write(line));
  const end = await runJob({ createPorts: () => createPorts(readArguments(process.argv.slice(2)), channel), log });
  channel.send({ kind: 'end', ...end });
  process.exitCode = end.outcome === 'failed' ? 1 : 0;
  // The driver's pipe has nothing to say any more, and would keep this process alive.
  input.close();
  process.stdin.destroy();
}
