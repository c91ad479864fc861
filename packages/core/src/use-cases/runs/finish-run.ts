import { type EndPorts, establishEnd } from './establish-end.ts';
import type { RunReference } from './run-ports.ts';
import { type NoticeOptions, type NoticePorts, type NoticeSent, sendNotice } from './send-notice.ts';
import { type StartedRuns, startWaitingRuns } from './start-waiting-runs.ts';

export type FinishPorts = EndPorts & NoticePorts;

export type RunFinish =
  | { readonly kind: 'finished'; readonly runId: string; readonly notice: NoticeSent; readonly waiting: StartedRuns }
  | { readonly kind: 'under-way' | 'not-started'; readonly runId: string; readonly waiting: StartedRuns }
  | { readonly kind: 'missing'; readonly waiting: StartedRuns };

/**
 * After a job ended: establishes how its run ended, tells people once, and starts the runs that waited for the place. May be
 * called for each event, however often that comes.
 *
 * @throws PortError of the ledger, the launcher, the history or the notifier; call it again, or leave it to a sweep
 */
export async function finishRun(
  ports: FinishPorts,
  reference: RunReference,
  options: NoticeOptions,
): Promise<RunFinish> {
  const end = await establishEnd(ports, reference);
  const waiting = await startWaitingRuns(ports, options);
  if (end.kind === 'missing') return { kind: 'missing', waiting };
  const { runId } = end.entry;
  if (end.kind !== 'ended') return { kind: end.kind, runId, waiting };
  return { kind: 'finished', runId, notice: await sendNotice(ports, runId, options), waiting };
}
