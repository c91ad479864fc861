import type { IngestReport } from '../ports/ingest-report.ts';
import { isPortError } from '../ports/port-error.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import { ingestRun } from './ingest-run.ts';

export interface IngestWithRetriesOptions extends Omit<IngestOptions, 'runId'> {
  /** A new one for each attempt. */
  readonly newRunId: () => string;
  /** Waits that many milliseconds; the default is a timer. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** Pauses before the second and the third attempt, in milliseconds. */
const PAUSES = [500, 2000];

/**
 * Ingests what has landed. The one place where a run is tried again: from its start, since a run leaves nothing behind
 * before its commit, and only after a fault that says that it may pass (`retryable`).
 *
 * @throws what the last attempt threw
 */
export async function ingest(ports: IngestPorts, options: IngestWithRetriesOptions): Promise<IngestReport> {
  const { newRunId, wait = waitByTimer, ...rest } = options;
  for (let attempt = 0; ; attempt++) {
    try {
      return await ingestRun(ports, { ...rest, runId: newRunId() });
    } catch (error) {
      const pause = PAUSES[attempt];
      if (pause === undefined || !isPortError(error) || !error.retryable || rest.signal?.aborted === true) throw error;
      rest.onEvent?.({ kind: 'retrying', attempt: attempt + 2, reason: error.message });
      await wait(pause);
    }
  }
}

function waitByTimer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
