import * as z from 'zod';
import { MalformedEventError, type ObjectEvent } from './object-event.ts';

/**
 * The events of S3 in one message: an event of EventBridge, or a notification that S3 sent by itself.
 *
 * @throws MalformedEventError
 */
export function parseObjectEvents(message: unknown): readonly ObjectEvent[] {
  if (typeof message !== 'object' || message === null) {
    throw new MalformedEventError('The message is no JSON object.');
  }
  if ('Event' in message && message.Event === 's3:TestEvent') {
    return [{ kind: 'ignored', reason: 'S3 tried the connection' }];
  }
  if ('detail-type' in message) return [parseBusEvent(message)];
  if ('Records' in message) return parse(NOTIFICATION, message).Records.map(parseRecord);
  throw new MalformedEventError('The message is neither an event of EventBridge nor a notification of S3.');
}

const TEXT = z.string().min(1);
/** S3 says nothing, or nothing between two quotes, of what an object does not have. */
const OPTIONAL = z
  .string()
  .optional()
  .transform((text) => text || undefined);

const BUS_EVENT = z.object({ source: z.string(), 'detail-type': z.string() });

const BUS_OBJECT = z.object({
  detail: z.object({
    bucket: z.object({ name: TEXT }),
    object: z.object({ key: TEXT, 'version-id': OPTIONAL, etag: OPTIONAL, sequencer: OPTIONAL }),
  }),
});

/** EventBridge tells keys as they are. */
function parseBusEvent(message: object): ObjectEvent {
  const { source, 'detail-type': type } = parse(BUS_EVENT, message);
  if (source !== 'aws.s3') throw new MalformedEventError('The event of EventBridge is not from S3.');
  if (type !== 'Object Created') return { kind: 'ignored', reason: `an event of the type ${type}` };

  const { bucket, object } = parse(BUS_OBJECT, message).detail;
  const { key, 'version-id': versionId, etag, sequencer } = object;
  return { kind: 'created', object: { bucket: bucket.name, key, versionId, etag, sequencer } };
}

const NOTIFICATION = z.object({ Records: z.array(z.unknown()).min(1) });

const RECORD = z.object({
  eventSource: z.string(),
  eventName: z.string(),
  // Minor versions add members, major ones change what is there.
  eventVersion: z.string().regex(/^2\.\d+$/),
});

const RECORD_OBJECT = z.object({
  s3: z.object({
    bucket: z.object({ name: TEXT }),
    object: z.object({ key: TEXT, versionId: OPTIONAL, eTag: OPTIONAL, sequencer: OPTIONAL }),
  }),
});

function parseRecord(record: unknown): ObjectEvent {
  const { eventSource, eventName } = parse(RECORD, record);
  if (eventSource !== 'aws:s3') throw new MalformedEventError('A record of the notification is not from S3.');
  if (!eventName.startsWith('ObjectCreated:')) return { kind: 'ignored', reason: `an event of the type ${eventName}` };

  const { bucket, object } = parse(RECORD_OBJECT, record).s3;
  const { versionId, eTag: etag, sequencer } = object;
  return { kind: 'created', object: { bucket: bucket.name, key: decodeKey(object.key), versionId, etag, sequencer } };
}

/** Notifications tell keys as a form would: a space is `+`, all else outside ASCII `%` and two digits a byte. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    throw new MalformedEventError('The key of an object in the notification is not encoded as S3 does it.');
  }
}

function parse<T>(schema: z.ZodType<T>, message: unknown): T {
  const { success, data, error } = schema.safeParse(message);
  if (success) return data;
  const [{ path, message: what }] = error.issues as [z.core.$ZodIssue];
  throw new MalformedEventError(`The event is not as S3 sends it: ${path.join('.') || 'the record'}: ${what}.`);
}
