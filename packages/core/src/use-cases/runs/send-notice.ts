import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { RunEntry } from '../../ports/run-ledger.port.ts';
import { changeRun, closeIfDone } from './change-run.ts';
import { composeNotice } from './notice/compose-notice.ts';
import type { NoticeContext } from './notice/notice-context.ts';
import { dropLease, takeLease } from './run-lease.ts';
import { DEFAULT_MAX_ATTEMPTS, type RunPorts } from './run-ports.ts';
import { markNotified } from './run-states.ts';

export type NoticePorts = Pick<RunPorts, 'ledger' | 'notifier' | 'clock'>;

export interface NoticeOptions {
  /** Names this call in the ledger. */
  readonly owner: string;
  readonly notice: NoticeContext;
  /** Default 3. */
  readonly maxAttempts?: number | undefined;
}

/** `being-sent`: somebody else took it upon himself; a sweep looks whether he did. */
export type NoticeSent = 'sent' | 'sent-before' | 'being-sent';

/** For how long one caller has the right to send a notice. Milliseconds. */
const NOTICE_LEASE = 5 * 60_000;

/**
 * Sends the notice of an ended run, once. Who sends takes the run's lease, so that two events at a time send one. A notice
 * is sent twice only where a call dies, or its answers are lost, between the sending and the note that it was sent.
 *
 * @throws PortError of the ledger or the notifier; the notice is then still due
 */
export async function sendNotice(ports: NoticePorts, runId: string, options: NoticeOptions): Promise<NoticeSent> {
  const { ledger, notifier, clock } = ports;
  const taken = await changeRun(ledger, runId, (entry) =>
    entry.notifiedAt === undefined ? takeLease(entry, `notice ${options.owner}`, clock.now(), NOTICE_LEASE) : undefined,
  );
  if (taken.kind !== 'changed') {
    return taken.kind === 'unchanged' && taken.entry.notifiedAt === undefined ? 'being-sent' : 'sent-before';
  }
  const { entry } = taken;
  try {
    await notifier.send(composeNotice({ entry, givenUp: await findGivenUp(ports, entry, options) }, options.notice));
  } catch (error) {
    await changeRun(ledger, runId, (found) => dropLease(found, entry.lease!.token)).catch(() => undefined);
    throw error;
  }
  const change = await changeRun(ledger, runId, (found) =>
    // What turned out to be committed meanwhile has to be told anew.
    found.state.kind === entry.state.kind ? markNotified(found, clock.now()) : undefined,
  );
  if (change.kind !== 'missing') await closeIfDone(ledger, change.entry);
  return 'sent';
}

/** The files of the run that failed and are not tried again. */
async function findGivenUp(
  { ledger }: NoticePorts,
  { state, files }: RunEntry,
  { maxAttempts = DEFAULT_MAX_ATTEMPTS }: NoticeOptions,
): Promise<readonly LandedFile[]> {
  const failedKeys =
    state.kind === 'committed'
      ? new Set(state.report.files.filter(({ status }) => status === 'failed').map(({ key }) => key))
      : undefined;
  const failed = files.filter(({ key }) => failedKeys?.has(key) ?? true);
  const claims = failed.length === 0 ? [] : await ledger.claims(failed);
  return failed.filter((_, i) => (claims[i]?.attempt ?? 0) >= maxAttempts);
}
