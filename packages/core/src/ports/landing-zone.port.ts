/** The place where shops drop their files. */
export interface LandingZone {
  /** Shown in messages, for instance a folder or `s3://bucket/prefix`. */
  readonly location: string;

  /**
   * All files now in the place, in pages, in the byte order of their keys, each key once. Where the place keeps older versions
   * of a file, the oldest that was not taken away: each is a delivery of its own, and the next one shows when it is gone. Hidden and unfinished files (a path part that
   * starts with `.` or `_`, or the endings `.tmp`, `.part`, `.crdownload`) are left out.
   *
   * @throws PortError `landing.not-found`, `landing.unreadable`
   */
  list(): AsyncIterable<readonly LandedFile[]>;

  /**
   * One file as `list` tells it: the version that is asked for, or the newest one. Undefined where it is not there (any more), and
   * for keys that `list` leaves out.
   *
   * @throws PortError `landing.unreadable`
   */
  find(key: string, version?: string): Promise<LandedFile | undefined>;

  /**
   * Opens exactly the version that was listed.
   *
   * @throws PortError `landing.not-found` or `landing.changed` (retryable: the next run sees the new version), also while
   * the chunks are read; `landing.unreadable`
   */
  open(file: LandedFile): Promise<LandedContent>;
}

export interface LandedFile {
  /** Path below the place, with `/` between its parts: `transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv`. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970-01-01 UTC, whole. */
  readonly modifiedAt: number;
  /** Opaque mark of this version of the content; a new upload under the same key has another one. */
  readonly version: string;
}

export interface LandedContent {
  /** The bytes as delivered. A chunk may be reused by the producer after the next one was asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** `sha256:` and 64 hexadecimal digits over all bytes; only after the chunks were read to the end. */
  contentHash(): string;
  /** Frees what is held, at any time, more than once if need be. */
  close(): Promise<void>;
}
