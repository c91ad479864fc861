import { PortError } from '@weir/core';

export function workersFailed(reason: string, cause?: Error): PortError {
  return new PortError({
    code: 'workers.failed',
    message: `A thread that reads rows failed: ${reason}`,
    remedy: 'Run again; nothing was committed. If it happens again, read in one thread with --threads 1.',
    retryable: true,
    cause,
  });
}
