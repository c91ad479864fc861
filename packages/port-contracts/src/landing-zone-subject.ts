import type { LandedFile, LandingZone } from '@weir/core';

export interface LandingZoneSubject {
  readonly landing: LandingZone;
  /**
   * Lands a file, or a new version of it, as a shop does.
   *
   * @param modifiedAt milliseconds since 1970-01-01 UTC; a wish that the place may be unable to grant
   * @returns the modification time that the place gave it
   */
  put(key: string, content: string | Uint8Array, modifiedAt?: number): Promise<number>;
  /** Removes the file, in every version that is there. */
  remove(key: string): Promise<void>;
  /** Given where the place keeps older versions of a file: takes one of them away, as a file store does. */
  readonly takeVersion?: (file: LandedFile) => Promise<void>;
}
