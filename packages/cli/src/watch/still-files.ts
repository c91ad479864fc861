import type { LandedFile } from '@weir/core';

export interface Observation {
  /** Unchanged for long enough to be whole. */
  readonly still: readonly LandedFile[];
  /** New, or changed a moment ago. */
  readonly restless: readonly LandedFile[];
}

/**
 * Tells files that are still being written from whole ones: by looking twice, since neither an event nor the clock of
 * the writer's machine says when a file is done.
 */
export class StillFiles {
  private readonly settleMs: number;
  private seen = new Map<string, { file: LandedFile; since: number }>();

  constructor(settleMs: number) {
    this.settleMs = settleMs;
  }

  /** @param now milliseconds of a clock that never goes back */
  observe(files: readonly LandedFile[], now: number): Observation {
    const seen: typeof this.seen = new Map();
    const still: LandedFile[] = [];
    const restless: LandedFile[] = [];
    for (const file of files) {
      const before = this.seen.get(file.key);
      const since = before !== undefined && isSame(before.file, file) ? before.since : now;
      seen.set(file.key, { file, since });
      (now - since >= this.settleMs ? still : restless).push(file);
    }
    // What is gone is forgotten, or the map would grow for ever.
    this.seen = seen;
    return { still, restless };
  }
}

function isSame(a: LandedFile, b: LandedFile): boolean {
  return a.size === b.size && a.modifiedAt === b.modifiedAt && a.version === b.version;
}
