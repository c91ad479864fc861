import type { Fault, FaultCode } from '../rules/faults.ts';

/** Rows that were rejected, as they are kept; `Stage.commit` puts them there and settles those that are replayed. */
export interface RejectStore {
  /**
   * Rejects in pages of at most some thousand, in the order of their places. Not one state: what is changed while pages are
   * read may show or not.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  readRejects(query: RejectQuery): AsyncIterable<readonly Reject[]>;

  /** How many rejects fit, in all and by code. */
  countRejects(filter: RejectFilter): Promise<RejectCounts>;

  /** Dismisses those of the rejects that are open: nobody will mend them. @returns their number */
  dismissRejects(filter: RejectFilter): Promise<number>;
}

export const REJECT_STATES = ['open', 'resolved', 'dismissed'] as const;
export type RejectState = (typeof REJECT_STATES)[number];

/** Rejects that fit every part that is given. */
export interface RejectFilter {
  readonly state?: RejectState | undefined;
  /** With a fault of one of these codes; at least one. */
  readonly codes?: readonly FaultCode[] | undefined;
  /** The key of the file, or the last parts of it: `transactions_2023-03-15.csv`. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  /** The run that rejected it first. */
  readonly runId?: string | undefined;
  /** The first and the last source day, `YYYY-MM-DD`. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  /** First seen before this time. Milliseconds since 1970-01-01 UTC, as all times here. */
  readonly seenBefore?: number | undefined;
}

export interface RejectCounts {
  readonly rejects: number;
  /** A row counts once under each of its codes; codes that none of them has are left out. */
  readonly byCode: Readonly<Partial<Record<FaultCode, number>>>;
}

export interface RejectQuery extends RejectFilter {
  /** Only those that come after this place. */
  readonly after?: RejectPlace | undefined;
  /** At most so many, from 1. */
  readonly limit?: number | undefined;
}

/** Where a rejected row stood. Places are ordered by key and hash, byte by byte, then line. */
export interface RejectPlace {
  readonly key: string;
  readonly contentHash: string;
  /** Physical line, from 1. */
  readonly line: number;
}

export interface Reject extends RejectPlace {
  /** The run that rejected it first. */
  readonly runId: string;
  /** The record as delivered, without its line break; where its encoding is `base64`, that of its bytes. */
  readonly rawRecord: string;
  readonly rawEncoding: 'text' | 'base64';
  /** Whether only the beginning of the record was kept. */
  readonly isTruncated: boolean;
  /** The header record of its delivery; empty where that was not kept. */
  readonly header: string;
  readonly faults: readonly Fault[];
  /** Version fields 3 and 4 of its delivery. */
  readonly sourceDay: string;
  readonly sourceModified: number;
  readonly firstSeen: number;
  /** When a run met it last: by delivery, or by a replay that resolved it or found other faults. */
  readonly lastSeen: number;
  readonly state: RejectState;
}
