import { FAULTS, type Reject, type RejectCounts } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import { codeColumn } from '../queries/code-column.ts';
import type { TextRow } from './text-row.ts';

/** A row of `selectRejects`. */
export function readReject(row: TextRow): Reject {
  return {
    key: row.source_key!,
    contentHash: row.content_hash!,
    line: Number(row.source_line),
    runId: row.run_id!,
    rawRecord: row.raw_record!,
    rawEncoding: row.raw_encoding as Reject['rawEncoding'],
    isTruncated: Number(row.raw_truncated) === 1,
    header: row.header!,
    faults: JSON.parse(row.faults!),
    sourceDay: row.source_day!,
    sourceModified: parseTimestamp(row.source_modified!),
    firstSeen: parseTimestamp(row.first_seen!),
    lastSeen: parseTimestamp(row.last_seen!),
    state: row.state as Reject['state'],
  };
}

/** The row of `countRejects`. */
export function readRejectCounts(row: TextRow): RejectCounts {
  const byCode = FAULTS.map(({ code }) => [code, Number(row[codeColumn(code)])] as const);
  return { rejects: Number(row.rejects), byCode: Object.fromEntries(byCode.filter(([, count]) => count > 0)) };
}
