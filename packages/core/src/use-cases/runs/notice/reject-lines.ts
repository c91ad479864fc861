import type { FileReport } from '../../../ports/ingest-report.ts';
import { FAULTS, type FaultCode } from '../../../rules/faults.ts';
import { formatCount } from '../../../text/format-amount.ts';
import { shorten } from './shorten.ts';

export interface RejectReason {
  readonly code: FaultCode;
  readonly rows: number;
  /** The rule that the rows broke, in words. */
  readonly meaning: string;
  /** Where to look: the first such row of some files, by its physical line; the header is on line 1. */
  readonly examples: readonly { readonly key: string; readonly line: number }[];
}

const MOST_EXAMPLES = 3;
const MOST_REASONS = 10;

/** Why rows were rejected, the most frequent reason first, at most 10 of them. Where and why, never what. */
export function listReasons(files: readonly FileReport[]): readonly RejectReason[] {
  const reasons = FAULTS.map(({ code, message }) => {
    const hit = files.filter(({ rejectsByCode }) => (rejectsByCode[code] ?? 0) > 0);
    const examples = hit.flatMap(({ key, firstRejects }) => {
      const line = firstRejects[code];
      return line === undefined ? [] : [{ key, line }];
    });
    const rows = hit.reduce((sum, { rejectsByCode }) => sum + rejectsByCode[code]!, 0);
    return { code, rows, meaning: message, examples: examples.slice(0, MOST_EXAMPLES) };
  });
  return reasons
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_REASONS);
}

export function drawReasons(reasons: readonly RejectReason[]): readonly string[] {
  const width = Math.max(...reasons.map(({ rows }) => formatCount(rows).length));
  const margin = ' '.repeat(width + 4);
  return reasons.flatMap(({ code, rows, meaning, examples }) => [
    `  ${formatCount(rows).padStart(width)}  ${code}: ${meaning}`,
    ...examples.map(({ key, line }) => `${margin}for example line ${line} of ${shorten(key, 200)}`),
  ]);
}
