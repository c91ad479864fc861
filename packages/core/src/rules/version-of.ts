import { foldWord } from '../policy/fold-word.ts';
import type { Policy } from '../policy/policy.ts';
import type { Version } from './version.ts';

/** The columns of a fact that make its version. */
export interface VersionColumns {
  /** `YYYY-MM-DD`. */
  readonly transaction_date: string;
  readonly status: string;
  /** Place of the status in the policy's list, from 1. */
  readonly status_rank: number;
  /** `YYYY-MM-DD`: the day that the delivery is about. */
  readonly source_day: string;
  /** When the delivery was last modified, in milliseconds since 1970-01-01 UTC. */
  readonly source_modified: number;
  /** Line of the delivery on which the record starts; the header is line 1. */
  readonly source_line: number;
  /** Path or name of the delivery. */
  readonly source_key: string;
}

export function versionOf(columns: VersionColumns, policy: Policy): Version {
  return {
    terminal: policy.terminalStatuses.some((terminal) => foldWord(terminal) === foldWord(columns.status)) ? 1 : 0,
    transactionDate: columns.transaction_date,
    statusRank: columns.status_rank,
    sourceDay: columns.source_day,
    sourceModified: columns.source_modified,
    sourceLine: columns.source_line,
    sourceKey: columns.source_key,
  };
}
