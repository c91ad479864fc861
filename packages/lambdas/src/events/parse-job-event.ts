import * as z from 'zod';
import { MalformedEventError } from './object-event.ts';

export type JobEvent =
  | { readonly kind: 'ended'; readonly jobRunId: string; readonly state: string }
  /** Of another job, or not about an end; `reason` says which. */
  | { readonly kind: 'ignored'; readonly reason: string };

const STATE_CHANGE = z.object({
  source: z.literal('aws.glue'),
  'detail-type': z.string(),
  detail: z.object({ jobName: z.string(), jobRunId: z.string().min(1), state: z.string() }),
});

/**
 * The end of a run of our Glue job, as EventBridge tells it.
 *
 * @throws MalformedEventError
 */
export function parseJobEvent(event: unknown, jobName: string): JobEvent {
  const { success, data, error } = STATE_CHANGE.safeParse(event);
  if (!success) {
    const [{ path, message }] = error.issues as [z.core.$ZodIssue];
    throw new MalformedEventError(`The event is not as Glue sends it: ${path.join('.') || 'the event'}: ${message}.`);
  }
  const { 'detail-type': type, detail } = data;
  if (type !== 'Glue Job State Change') return { kind: 'ignored', reason: `an event of the type ${type}` };
  if (detail.jobName !== jobName) return { kind: 'ignored', reason: `an event of the job ${detail.jobName}` };
  return { kind: 'ended', jobRunId: detail.jobRunId, state: detail.state };
}
