import * as z from 'zod';
import { parseLine } from './parse-line.ts';

/**
 * What the job and its driver tell each other, one JSON line a message. The job asks at most once for its splits to be
 * transformed; the driver answers with every line that the workers printed, in the order of the partitions, then with how
 * that ended. The job's last word is `end`.
 */
export type JobMessage =
  /** The lines that each worker reads: one partition, one worker. */
  | { readonly kind: 'splits'; readonly partitions: readonly (readonly string[])[] }
  | { readonly kind: 'end'; readonly outcome: JobOutcome; readonly message: string };

/** `idle`: there was nothing to do, or another job does it. */
export type JobOutcome = 'committed' | 'idle' | 'failed';

export type DriverMessage =
  | { readonly kind: 'result'; readonly line: string }
  /** All workers ended well. */
  | { readonly kind: 'done' }
  /** A worker failed as often as Spark tries. */
  | { readonly kind: 'failed'; readonly message: string };

const driverMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), line: z.string() }),
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);

const jobMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('splits'), partitions: z.array(z.array(z.string())) }),
  z.strictObject({
    kind: z.literal('end'),
    outcome: z.enum(['committed', 'idle', 'failed']),
    message: z.string(),
  }),
]);

/** @throws PortError `job.protocol` */
export function parseDriverMessage(line: string): DriverMessage {
  return parseLine(driverMessage, line, 'the driver');
}

/** For whoever plays the driver. */
export function parseJobMessage(line: string): JobMessage {
  return parseLine(jobMessage, line, 'the job');
}
