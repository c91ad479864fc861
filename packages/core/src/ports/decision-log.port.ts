import type { Verdict } from '../rules/verdict.ts';
import type { VersionField } from '../rules/version.ts';

/** Why rows won or lost, as far as the policy's `decisions` kept it. */
export interface DecisionLog {
  /**
   * What was decided about one transaction, oldest first; the newest 1,000 where there are more.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  decisionsAbout(transactionId: string): Promise<readonly Decision[]>;
}

export interface Decision {
  readonly runId: string;
  /** Milliseconds since 1970-01-01 UTC, as all times here. */
  readonly decidedAt: number;
  /** When its run was undone. */
  readonly undoneAt: number | undefined;
  readonly verdict: Exclude<Verdict, 'rejected'>;
  /** The first field in which the two versions differ; undefined where there was no other row, or an equal version. */
  readonly decidedBy: VersionField | undefined;
  /** The row that was delivered. */
  readonly row: DecidedRow & { readonly sourceDay: string; readonly sourceModified: number };
  /** The row it was held against: the stored one, or of a duplicate the one of the same run that won. */
  readonly other: OtherRow | undefined;
}

export interface DecidedRow {
  readonly sourceKey: string;
  readonly sourceLine: number;
  readonly transactionDate: string;
  readonly status: string;
  readonly statusRank: number;
}

export interface OtherRow extends DecidedRow {
  /** Undefined where it came in the same run. */
  readonly runId: string | undefined;
  /** Of its delivery; undefined where the entry of that is gone. */
  readonly sourceDay: string | undefined;
  readonly sourceModified: number | undefined;
}

/** The most decisions that `decisionsAbout` gives. */
export const MOST_DECISIONS = 1000;
