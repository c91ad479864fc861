import type { LandedFile } from '@weir/core';
import { InMemoryLandingZone } from '@weir/core/testing';
import type { PlacedFile } from '../invariants/index.ts';
import { hashOf } from '../model/delivery.ts';

interface Put extends PlacedFile {
  readonly file: LandedFile;
}

/** A landing place in memory that knows all that ever came. */
export class WatchedLanding extends InMemoryLandingZone {
  private readonly puts: Put[] = [];

  override put(key: string, content: string | Uint8Array, modifiedAt?: number): LandedFile {
    const file = super.put(key, content, modifiedAt);
    this.puts.push({ key, contentHash: hashOf(this.peek(key, file.version)!.bytes), file });
    return file;
  }

  get delivered(): readonly PlacedFile[] {
    return this.puts;
  }

  /** All versions that ever came. */
  get files(): readonly LandedFile[] {
    return this.puts.map(({ file }) => file);
  }

  /** All versions that still lie here; `list` shows the oldest of each key only. */
  landed(): readonly PlacedFile[] {
    return this.puts
      .filter(({ key, file }) => this.peek(key, file.version) !== undefined)
      .map(({ key, contentHash }) => ({ key, contentHash }));
  }
}
