import { isHiddenKey } from '@weir/core';
import type { CreatedObject } from './object-event.ts';

export interface Place {
  readonly bucket: string;
  /** With a slash at its end; empty for the whole bucket. */
  readonly folder: string;
}

/** Why an object is none of the files that a place takes; undefined where it is one. */
export function whyNotOurs(
  { bucket, key }: CreatedObject,
  place: Place,
  isOurName: (key: string) => boolean,
): string | undefined {
  if (bucket !== place.bucket) return `it lies in the bucket ${bucket}`;
  if (!key.startsWith(place.folder)) return `it lies outside of ${place.folder}`;
  if (isHiddenKey(key)) return 'it is hidden or unfinished by its name';
  if (!isOurName(key)) return 'its name is not that of a file we read';
  return undefined;
}
