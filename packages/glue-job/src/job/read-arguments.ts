import { parseArgs } from 'node:util';
import { PortError } from '@weir/core';

export interface JobArguments {
  readonly runId: string;
  readonly jobRunId: string;
  /** JSON text of the configuration. */
  readonly config: string;
  /** How many workers Spark has at a time. */
  readonly parallelism: number;
}

/** @throws PortError `job.arguments` */
export function readArguments(argv: readonly string[]): JobArguments {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: false });
  const read = (name: keyof typeof OPTIONS) => {
    const value = values[name];
    if (typeof value === 'string' && value !== '') return value;
    throw toError(`--${name} is missing`);
  };
  const parallelism = Number(read('parallelism'));
  if (!Number.isInteger(parallelism) || parallelism < 1) throw toError('--parallelism is no whole number from 1');
  return { runId: read('run-id'), jobRunId: read('job-run-id'), config: read('weir-config'), parallelism };
}

const OPTIONS = {
  'run-id': { type: 'string' },
  'job-run-id': { type: 'string' },
  'weir-config': { type: 'string' },
  parallelism: { type: 'string' },
} as const;

function toError(what: string): PortError {
  return new PortError({
    code: 'job.arguments',
    message: `The job cannot start: ${what}.`,
    remedy: 'Jobs are started by the function that plans runs; by hand, give --run-id of a planned run.',
  });
}
