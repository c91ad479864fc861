import * as z from 'zod';

const SCHEDULED_EVENT = z.object({ source: z.literal('aws.events'), 'detail-type': z.literal('Scheduled Event') });

/** Whether a schedule of EventBridge fired. */
export function isScheduled(event: unknown): boolean {
  return SCHEDULED_EVENT.safeParse(event).success;
}
