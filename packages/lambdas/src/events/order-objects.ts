import { compareSequencers } from './compare-sequencers.ts';
import type { CreatedObject } from './object-event.ts';

/** Each version once, however often it was told, and the versions of a key in the order in which they were written. */
export function orderObjects(objects: readonly CreatedObject[]): readonly CreatedObject[] {
  const byKey = Map.groupBy(objects, ({ bucket, key }) => JSON.stringify([bucket, key]));
  return [...byKey.values()].flatMap((sameKey) => {
    const ordered = sameKey.toSorted((left, right) => compareSequencers(left.sequencer, right.sequencer));
    return [...new Map(ordered.map((object) => [versionOf(object), object])).values()];
  });
}

function versionOf({ versionId, etag, sequencer }: CreatedObject): string {
  return versionId === undefined ? `e:${etag ?? sequencer}` : `v:${versionId}`;
}
