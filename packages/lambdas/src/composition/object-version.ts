import { toLandedVersion } from '@weir/adapters-aws';
import type { CreatedObject } from '../events/object-event.ts';

/** The version as the landing place names it; undefined, which is the newest, where the event tells none. */
export function toObjectVersion({ versionId, etag }: CreatedObject): string | undefined {
  return versionId === undefined && etag === undefined ? undefined : toLandedVersion({ versionId, etag });
}
