import type { RunHistory } from '@weir/core';
import { readGauges } from '@weir/core/telemetry';
import { describeError } from '../telemetry/describe-error.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** What the warehouse looks like after a commit, when it is awake. Without an answer the run is finished all the same. */
export async function tellGauges(
  history: Pick<RunHistory, 'runs' | 'openRejects'>,
  telemetry: Telemetry,
): Promise<void> {
  try {
    for (const sample of await readGauges(history)) telemetry.measure(sample);
  } catch (error) {
    telemetry.warn('The warehouse did not tell its gauges.', { fault: describeError(error) });
  }
}
