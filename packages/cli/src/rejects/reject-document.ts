import { type Reject, type RejectCounts, readRejectValues } from '@weir/core';

/** A reject as `weir rejects list --json` lists it. Times are ISO 8601 in UTC. */
export function rejectSummaryDocument(reject: Reject): Record<string, unknown> {
  const { key, line, contentHash, state, faults, sourceDay, runId, firstSeen, lastSeen } = reject;
  return {
    file: key,
    line,
    contentHash,
    state,
    codes: faults.map(({ code }) => code),
    sourceDay,
    runId,
    firstSeen: new Date(firstSeen).toISOString(),
    lastSeen: new Date(lastSeen).toISOString(),
  };
}

/** A reject as `weir rejects show --json` prints it: the same, with what was delivered. */
export function rejectDocument(reject: Reject): Record<string, unknown> {
  const { faults, sourceModified, header, rawRecord, rawEncoding, isTruncated } = reject;
  return {
    ...rejectSummaryDocument(reject),
    sourceModified: new Date(sourceModified).toISOString(),
    faults,
    values: readRejectValues(reject) ?? null,
    header,
    record: rawRecord,
    recordEncoding: rawEncoding,
    isTruncated,
  };
}

export function rejectCountsDocument({ rejects, byCode }: RejectCounts): Record<string, unknown> {
  return { total: rejects, byCode };
}
