import { PortError } from '@weir/core';
import type { JobChannel } from '../job/job-channel.ts';
import type { Workers } from './workers.ts';

/** The workers of the Spark that this job's driver has. */
export class DriverWorkers implements Workers {
  readonly parallelism: number;
  readonly #channel: JobChannel;

  constructor(channel: JobChannel, parallelism: number) {
    this.#channel = channel;
    this.parallelism = parallelism;
  }

  async run(partitions: readonly (readonly string[])[], signal: AbortSignal | undefined): Promise<readonly string[]> {
    if (partitions.length === 0) return [];
    this.#channel.send({ kind: 'splits', partitions });
    const lines: string[] = [];
    for (;;) {
      const message = await this.#channel.receive(signal);
      if (message.kind === 'done') return lines;
      if (message.kind === 'failed') throw toFailure(message.message);
      lines.push(message.line);
    }
  }
}

function toFailure(message: string): PortError {
  return new PortError({
    code: 'job.workers-failed',
    message: `The workers of the Spark job did not get to their end. ${message}`,
    remedy: 'Read the logs of the executors. The files are tried again by a later run.',
    retryable: true,
  });
}
