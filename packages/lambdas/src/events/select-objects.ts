import type { Telemetry } from '../telemetry/telemetry.ts';
import { tellIgnored } from '../telemetry/tell-ignored.ts';
import type { CreatedObject, ObjectEvent } from './object-event.ts';
import { type Place, whyNotOurs } from './why-not-ours.ts';

/** The objects that are files of a place. What is left out is logged, with the reason. */
export function selectObjects(
  events: readonly ObjectEvent[],
  place: Place,
  isOurName: (key: string) => boolean,
  telemetry: Telemetry,
): readonly CreatedObject[] {
  return events.flatMap((event) => {
    const reason = event.kind === 'ignored' ? event.reason : whyNotOurs(event.object, place, isOurName);
    if (reason === undefined && event.kind === 'created') return [event.object];
    const object = event.kind === 'created' ? { bucket: event.object.bucket, key: event.object.key } : {};
    tellIgnored(telemetry, reason, object);
    return [];
  });
}
