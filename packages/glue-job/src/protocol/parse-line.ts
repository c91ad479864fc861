import { PortError } from '@weir/core';
import type * as z from 'zod';

/**
 * Reads one line of JSON that somebody sent.
 *
 * @throws PortError `job.protocol`; it names no value of the line
 */
export function parseLine<Schema extends z.ZodType>(schema: Schema, line: string, sender: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw toProtocolError(sender, `a line of ${line.length} characters that is no JSON`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw toProtocolError(sender, `a line whose member "${issue!.path.map(String).join('.')}" is wrong (${issue!.code})`);
}

/** What was sent does not fit the protocol: a fault of Weir itself, or of whatever stands between its parts. */
export function toProtocolError(sender: string, what: string): PortError {
  return new PortError({
    code: 'job.protocol',
    message: `The Spark job cannot go on: ${sender} sent ${what}.`,
    remedy:
      'Look into the logs of the job and its executors; deploy again if job and worker are of different versions.',
  });
}
