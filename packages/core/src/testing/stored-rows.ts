import type { RejectState } from '../ports/reject-store.port.ts';
import type { Fault } from '../rules/faults.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { VersionField } from '../rules/version.ts';

/** What a warehouse keeps of a rejected row, as tests look at it. */
export interface StoredReject {
  readonly run_id: string;
  readonly source_key: string;
  readonly content_hash: string;
  readonly source_line: number;
  /** The header record of its delivery. */
  readonly header: string;
  readonly raw_record: string;
  readonly raw_encoding: string;
  readonly raw_truncated: number;
  readonly faults: readonly Fault[];
  readonly state: RejectState;
  /** Milliseconds since 1970-01-01 UTC: the commit that kept it first, and the last one that met it. */
  readonly first_seen: number;
  readonly last_seen: number;
}

/** What a warehouse keeps of the verdict on a row, as tests look at it. */
export interface StoredDecision {
  readonly run_id: string;
  readonly transaction_id: string;
  readonly source_key: string;
  readonly source_line: number;
  readonly verdict: Verdict;
  /** The version field that told the row from its rival; undefined for `inserted` and for equal versions. */
  readonly decided_by: VersionField | undefined;
}
