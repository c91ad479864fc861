import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { RowPath, type RowPathOptions } from '../../src/staging/row-path.ts';
import { decodeStagedRejects, decodeStagedRows } from '../../src/testing/decode-stage.ts';
import { bytesOf } from './read-csv.ts';

export interface RowPathInput extends Partial<Omit<RowPathOptions, 'products' | 'customers'>> {
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
}

export const DEFAULT_POLICY: Policy = parsePolicy();

/** Sends chunks through a row path and decodes all that it staged. */
export function runRowPath(chunks: Iterable<Uint8Array | string>, input: RowPathInput) {
  const path = new RowPath({ policy: DEFAULT_POLICY, fileNo: 1, fileDay: undefined, ...input });
  const rows: Uint8Array[] = [];
  const rejects: Uint8Array[] = [];
  for (const chunk of chunks) {
    path.push(bytesOf(chunk));
    rows.push(...path.takeRows());
    rejects.push(...path.takeRejects());
  }
  path.end();
  rows.push(...path.takeRows(true));
  rejects.push(...path.takeRejects(true));
  return {
    path,
    rowBytes: Buffer.concat(rows),
    rejectBytes: Buffer.concat(rejects),
    rows: rows.flatMap(decodeStagedRows),
    rejects: rejects.flatMap(decodeStagedRejects),
  };
}
