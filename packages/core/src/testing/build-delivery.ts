import type { FileToCommit } from '../ports/warehouse.port.ts';
import type { FaultCode } from '../rules/faults.ts';
import { buildStagedReject, type StagedReject } from './build-staged-reject.ts';
import { buildStagedRow, type StagedRow } from './build-staged-row.ts';

/** One file with its rows, as a transform would leave it. */
export interface Delivery extends FileToCommit {
  readonly rows: readonly StagedRow[];
  readonly rejects: readonly StagedReject[];
}

export interface DeliveryValues extends Partial<FileToCommit> {
  readonly rows?: readonly Partial<StagedRow>[];
  readonly rejects?: readonly Partial<StagedReject>[];
}

export const DEFAULT_KEY = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';

/**
 * A delivery whose counts and hash follow from its rows. Rows, then rejects, lie on the lines from 2 on where they name no
 * line themselves. `commitDeliveries` numbers the files.
 */
export function buildDelivery(values: DeliveryValues = {}): Delivery {
  const rows = (values.rows ?? []).map((row, i) => buildStagedRow({ source_line: 2 + i, ...row }));
  const rejects = (values.rejects ?? []).map((reject, i) =>
    buildStagedReject({ source_line: 2 + rows.length + i, ...reject }),
  );
  return {
    fileNo: 1,
    key: DEFAULT_KEY,
    contentHash: buildContentHash(JSON.stringify([rows, rejects])),
    status: 'loaded',
    refusal: undefined,
    size: 4096,
    sourceDay: '2023-03-15',
    sourceModified: Date.UTC(2023, 2, 15, 6, 30),
    header: 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status',
    read: rows.length + rejects.length,
    blankLines: 0,
    rejected: rejects.length,
    rejectsByCode: countByCode(rejects),
    ...values,
    rows,
    rejects,
  };
}

/** A hash in the form of a content hash, another one for every text; it is no real digest. */
export function buildContentHash(text: string): string {
  const words = [fold(text, 1), fold(text, 2)];
  const digits = Array.from({ length: 8 }, (_, i) => (words[i % 2]! ^ (i * 0x9e3779b1)) >>> 0);
  return `sha256:${digits.map((word) => word.toString(16).padStart(8, '0')).join('')}`;
}

function fold(text: string, seed: number): number {
  const { imul } = Math;
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193) ^ (hash >>> 15);
  return hash;
}

function countByCode(rejects: readonly StagedReject[]): Partial<Record<FaultCode, number>> {
  const counts: Partial<Record<FaultCode, number>> = {};
  for (const { faults } of rejects) {
    for (const code of new Set(faults.map((fault) => fault.code))) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
