import type { StartJobRunCommand } from '@aws-sdk/client-glue';
import { describeServiceFault } from '../faults/describe-service-fault.ts';

/** The call may have started a job: its answer was lost, or Glue broke over it. */
export class DoubtfulStart extends Error {
  override readonly name = 'DoubtfulStart';
  /** Not the `cause`, in which the SDK would look for a reason to repeat the call. */
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super('the answer was lost');
    this.thrown = thrown;
  }
}

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Glue has no token that would tell a repeated call from a new one, and the SDK repeats calls by itself: here only those that
 * certainly started nothing, such as throttled ones.
 *
 * @throws DoubtfulStart when it is sent and its end is unknown
 */
export function startAtMostOnce(command: StartJobRunCommand): StartJobRunCommand {
  command.middlewareStack.add(
    (next) => async (call) => {
      try {
        return await next(call);
      } catch (error) {
        throw hasNoEffect(error) ? error : new DoubtfulStart(error);
      }
    },
    // Behind the SDK's own repetition, so that it sees each call.
    { step: 'finalizeRequest', priority: 'low', name: 'startAtMostOnce' },
  );
  return command;
}

function hasNoEffect(error: unknown): boolean {
  const { kind, status, serviceCode } = describeServiceFault(error, 'Glue', '');
  if (kind === 'throttled' || kind === 'credentials' || NEVER_SENT.has(serviceCode)) return true;
  return status >= 400 && status < 500;
}
