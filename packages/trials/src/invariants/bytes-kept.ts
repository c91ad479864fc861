import { keyWithHash } from '@weir/core';
import type { Observation, PlacedFile } from './observation.ts';

/** I5: every content that was ever delivered still lies in the landing place, the archive or the quarantine, under its name. */
export function checkBytesKept(
  { landed, archived, quarantined }: Pick<Observation, 'landed' | 'archived' | 'quarantined'>,
  delivered: readonly PlacedFile[],
): readonly string[] {
  const there = new Set([...landed, ...archived, ...quarantined].map(idOf));
  return delivered.flatMap(({ key, contentHash }) =>
    [key, keyWithHash(key, contentHash)].some((name) => there.has(idOf({ key: name, contentHash })))
      ? []
      : [`I5 ${key} with ${contentHash} lies nowhere any more`],
  );
}

function idOf({ key, contentHash }: PlacedFile): string {
  return JSON.stringify([key, contentHash]);
}
