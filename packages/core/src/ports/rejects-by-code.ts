import type { FaultCode } from '../rules/faults.ts';

/** Rejected rows by code; a row with several faults counts under each. */
export type RejectsByCode = Readonly<Partial<Record<FaultCode, number>>>;

/** The rejected rows of some files, by code. */
export function sumRejects(files: readonly { readonly rejectsByCode: RejectsByCode }[]): RejectsByCode {
  const sums: Partial<Record<FaultCode, number>> = {};
  for (const { rejectsByCode } of files) {
    for (const [code, count] of Object.entries(rejectsByCode) as [FaultCode, number][]) {
      sums[code] = (sums[code] ?? 0) + count;
    }
  }
  return sums;
}

/** Codes with their counts, the most frequent first. */
export function rankRejects(counts: RejectsByCode): readonly (readonly [code: FaultCode, count: number])[] {
  const entries = Object.entries(counts) as [FaultCode, number][];
  return entries.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
