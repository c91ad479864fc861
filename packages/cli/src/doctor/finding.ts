/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly status: FindingStatus;
  /** A sentence, or the beginning of one. */
  readonly message: string;
  /** As every failure has one; undefined where nothing failed. */
  readonly code?: string | undefined;
  /** How to mend it; undefined where there is nothing to mend. */
  readonly remedy?: string | undefined;
}

export type FindingStatus = 'ok' | 'failed' | 'skipped';
