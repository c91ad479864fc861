import type { LandedFile } from './landing-zone.port.ts';

/**
 * A place that takes over files from the landing place for good: the archive takes what was committed, the quarantine
 * what was refused. Paths are kept.
 */
export interface FileStore {
  /** Shown in messages. */
  readonly location: string;

  /**
   * Moves one version of a landed file here: copy, compare, then delete. Never overwrites other content: where the key is
   * taken by other bytes, the name gets the first 12 digits of the content hash before its ending
   * (`transactions_2023-03-15.4f2c81d09a77.csv`, with `.gz` as part of the ending). May be repeated after a crash at any point: what lies here already is `moved` again.
   *
   * @throws PortError `archive.write-failed`, `archive.unreadable`; the landed file is then still in its place
   */
  take(file: LandedFile, contentHash: string): Promise<TakeOutcome>;
}

export type Archive = FileStore;
export type Quarantine = FileStore;

export type TakeOutcome =
  /** The bytes lie here under `storedAs`, and no longer in the landing place. */
  | { readonly kind: 'moved'; readonly storedAs: string }
  /**
   * The landing place holds another version by now, which was left alone. The bytes of this one lie here under `storedAs`;
   * undefined where they were gone before they could be copied.
   */
  | { readonly kind: 'source-changed'; readonly storedAs: string | undefined }
  /** Somebody else took it away: nothing was done. */
  | { readonly kind: 'source-missing' };
