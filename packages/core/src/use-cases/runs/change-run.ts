import { PortError } from '../../ports/port-error.ts';
import type { RunEntry, RunFields, RunLedger } from '../../ports/run-ledger.port.ts';
import { isClosed } from './run-states.ts';

export type RunChange =
  /** The entry as it stands after the change. */
  | { readonly kind: 'changed'; readonly entry: RunEntry }
  /** `decide` made no step, or the run is closed. */
  | { readonly kind: 'unchanged'; readonly entry: RunEntry }
  | { readonly kind: 'missing' };

const MOST_TRIES = 20;

/**
 * Reads an entry, decides and replaces it; where somebody was faster, decides anew on what that one left. A change whose
 * answer was lost may have taken effect.
 *
 * @param decide gives undefined where nothing is to be changed; may be called several times
 * @throws PortError `ledger.contended` (retryable) where others were faster 20 times; what the ledger throws
 */
export async function changeRun(
  ledger: RunLedger,
  runId: string,
  decide: (entry: RunEntry) => RunFields | undefined,
): Promise<RunChange> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const entry = await ledger.read(runId);
    if (entry === undefined) return { kind: 'missing' };
    const fields = isClosed(entry) ? undefined : decide(entry);
    if (fields === undefined) return { kind: 'unchanged', entry };
    const replaced = await ledger.replace(entry, fields);
    if (replaced !== undefined) return { kind: 'changed', entry: replaced };
  }
  throw new PortError({
    code: 'ledger.contended',
    message: `The entry of run ${runId} in ${ledger.location} was changed by others ${MOST_TRIES} times in a row.`,
    remedy: 'Try again.',
    retryable: true,
    context: { runId },
  });
}

/** Puts the entry among the closed ones where nothing is left to do; where somebody is faster, that one or a sweep does it. */
export async function closeIfDone(ledger: RunLedger, entry: RunEntry): Promise<void> {
  if (isClosed(entry)) await ledger.close(entry);
}
