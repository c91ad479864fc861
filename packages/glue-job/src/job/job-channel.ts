import { PortError } from '@weir/core';
import { type DriverMessage, type JobMessage, parseDriverMessage } from '../protocol/driver-messages.ts';
import { toLine } from '../protocol/to-line.ts';

/** The job's end of the two pipes to its driver. */
export class JobChannel {
  readonly #lines: AsyncIterator<string>;
  readonly #write: (line: string) => void;

  constructor(lines: AsyncIterable<string>, write: (line: string) => void) {
    this.#lines = lines[Symbol.asyncIterator]();
    this.#write = write;
  }

  send(message: JobMessage): void {
    this.#write(`${toLine(message)}\n`);
  }

  /** @throws PortError `job.driver-gone` (retryable), `job.protocol`; the signal's reason */
  async receive(signal: AbortSignal | undefined): Promise<DriverMessage> {
    const next = await raceAgainst(signal, this.#lines.next());
    if (next.done !== true) return parseDriverMessage(next.value);
    throw new PortError({
      code: 'job.driver-gone',
      message: 'The driver of the Spark job ended before its workers did.',
      remedy: 'Read the log of the job. The files are tried again by a later run.',
      retryable: true,
    });
  }
}

function raceAgainst<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
