/** What a notice needs to know of where Weir runs. */
export interface NoticeContext {
  /** Where files land, are kept and are put aside, as people find them: `s3://bucket` or a folder. */
  readonly landing: string;
  readonly archive: string;
  readonly quarantine: string;
  /** Where the whole report of a run is, or will be. */
  readonly reportOf: (runId: string) => string;
  /** The command that tells more about a run. */
  readonly lookCloser: (runId: string) => string;
  /**
   * The command that lands a file again from where it is, so that it is a new delivery. The key comes from outside: quote it
   * for the shell.
   */
  readonly replay: (key: string, from: NoticePlace) => string;
}

export type NoticePlace = 'landing' | 'archive' | 'quarantine';
