import type { Policy } from '../policy/policy.ts';
import type { OtherRow } from '../ports/decision-log.port.ts';
import type { Fact } from '../ports/fact-reader.port.ts';
import type { FileToCommit } from '../ports/warehouse.port.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Version } from '../rules/version.ts';
import { versionOf } from '../rules/version-of.ts';
import type { StagedRow } from './build-staged-row.ts';
import type { StoredDecision } from './stored-rows.ts';
import { toTwoPlaces } from './to-two-places.ts';

export interface IncomingRow {
  readonly row: StagedRow;
  readonly file: FileToCommit;
  readonly version: Version;
}

/** What a fact keeps of the file that it is from. */
type SourceFile = Pick<FileToCommit, 'key' | 'sourceDay' | 'sourceModified'>;

export interface JudgedRow extends IncomingRow {
  readonly verdict: Verdict;
  readonly decidedBy: StoredDecision['decided_by'];
  /** What it was held against. */
  readonly other: OtherRow | undefined;
}

export function versionOfRow(row: StagedRow, file: FileToCommit, policy: Policy): Version {
  const { sourceDay, sourceModified, key } = file;
  return versionOf({ ...row, source_day: sourceDay, source_modified: sourceModified, source_key: key }, policy);
}

/** A row as it is stored, from a file of a run. */
export function toFact({ file_no: _, ...row }: StagedRow, file: SourceFile, runId: string): Fact {
  return {
    ...row,
    price: toTwoPlaces(row.price),
    total_amount: toTwoPlaces(row.total_amount),
    list_price: toTwoPlaces(row.list_price),
    source_key: file.key,
    source_day: file.sourceDay,
    source_modified: file.sourceModified,
    run_id: runId,
  };
}

/** A fact as decisions tell of the row that was stored. */
export function toStoredRow(fact: Fact): OtherRow {
  return {
    runId: fact.run_id,
    sourceKey: fact.source_key,
    sourceLine: fact.source_line,
    sourceDay: fact.source_day,
    sourceModified: fact.source_modified,
    transactionDate: fact.transaction_date,
    status: fact.status,
    statusRank: fact.status_rank,
  };
}

/** A row as decisions on its duplicates tell of it. */
export function toWinner(incoming: IncomingRow): OtherRow {
  return { runId: undefined, ...toDecidedRow(incoming) };
}

/** A row as decisions on it tell of it. */
export function toDecidedRow({ row, file }: IncomingRow) {
  return {
    sourceKey: file.key,
    sourceLine: row.source_line,
    sourceDay: file.sourceDay,
    sourceModified: file.sourceModified,
    transactionDate: row.transaction_date,
    status: row.status,
    statusRank: row.status_rank,
  };
}
