import type { Reject, RejectCounts, RejectFilter, RejectPlace, RejectQuery } from '../ports/reject-store.port.ts';
import type { FaultCode } from '../rules/faults.ts';
import { compareUtf8 } from '../rules/version.ts';
import type { WarehouseContent } from './in-memory-commit.ts';
import type { StoredReject } from './stored-rows.ts';

export interface FoundReject {
  /** As the warehouse holds it. */
  readonly row: StoredReject;
  readonly reject: Reject;
}

/** The rejects that a query asks for, in the order of their places. */
export function findRejects(content: WarehouseContent, { after, limit, ...filter }: RejectQuery): FoundReject[] {
  const files = new Map(content.runs.flatMap((run) => run.files.map((file) => [`${run.runId} ${file.key}`, file])));
  return content.rejects
    .map((row) => ({ row, reject: toReject(row, files.get(`${row.run_id} ${row.source_key}`)!) }))
    .filter(({ reject }) => fits(reject, filter) && (after === undefined || comparePlaces(reject, after) > 0))
    .sort((a, b) => comparePlaces(a.reject, b.reject))
    .slice(0, limit);
}

export function countRejects(content: WarehouseContent, filter: RejectFilter): RejectCounts {
  const found = findRejects(content, filter);
  const byCode: Partial<Record<FaultCode, number>> = {};
  for (const { code } of found.flatMap(({ reject }) => reject.faults)) byCode[code] = (byCode[code] ?? 0) + 1;
  return { rejects: found.length, byCode };
}

function fits(reject: Reject, filter: RejectFilter): boolean {
  const { state, codes, file, line, runId, fromDay, toDay, seenBefore } = filter;
  return (
    (state === undefined || reject.state === state) &&
    (codes === undefined || reject.faults.some(({ code }) => codes.includes(code))) &&
    (file === undefined || reject.key === file || reject.key.endsWith(`/${file}`)) &&
    (line === undefined || reject.line === line) &&
    (runId === undefined || reject.runId === runId) &&
    (fromDay === undefined || reject.sourceDay >= fromDay) &&
    (toDay === undefined || reject.sourceDay <= toDay) &&
    (seenBefore === undefined || reject.firstSeen < seenBefore)
  );
}

function comparePlaces(a: RejectPlace, b: RejectPlace): number {
  return compareUtf8(a.key, b.key) || compareUtf8(a.contentHash, b.contentHash) || a.line - b.line;
}

function toReject(
  row: StoredReject,
  { sourceDay, sourceModified }: Pick<Reject, 'sourceDay' | 'sourceModified'>,
): Reject {
  return {
    key: row.source_key,
    contentHash: row.content_hash,
    line: row.source_line,
    runId: row.run_id,
    rawRecord: row.raw_record,
    rawEncoding: row.raw_encoding as Reject['rawEncoding'],
    isTruncated: row.raw_truncated === 1,
    header: row.header,
    faults: row.faults,
    sourceDay,
    sourceModified,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    state: row.state,
  };
}
