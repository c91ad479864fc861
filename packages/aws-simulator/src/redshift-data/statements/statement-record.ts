import type { RedshiftRequest } from './redshift-request.ts';

export type StatementStatus = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'ABORTED' | 'FAILED';

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnKind;
  /** Redshift's name of the type. */
  readonly typeName: string;
  readonly precision: number;
  readonly scale: number;
}

export type ColumnKind = 'long' | 'double' | 'boolean' | 'string';

export interface StatementResult {
  readonly columns: readonly ResultColumn[];
  /** As Postgres writes values as text. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One statement of SQL on its way. */
export interface SubStatement {
  readonly id: string;
  readonly sql: string;
  status: StatementStatus;
  error: string | undefined;
  /** Returned or changed; -1 where Redshift does not tell. */
  rows: number;
  result: StatementResult | undefined;
  queryId: number;
  startedAt: number;
  updatedAt: number;
}

/** What ExecuteStatement or BatchExecuteStatement has begun. Times are milliseconds since 1970. */
export interface StatementRecord {
  readonly id: string;
  readonly request: RedshiftRequest;
  /** Who asked: nobody else may look at it. */
  readonly caller: string;
  readonly createdAt: number;
  readonly sessionId: string | undefined;
  readonly parts: readonly SubStatement[];
  status: StatementStatus;
  error: string | undefined;
  updatedAt: number;
  startedAt: number;
  pid: number;
  isCancelled: boolean;
  /** Its results cannot be had any more. */
  isResultLost: boolean;
}

export function isOver(status: StatementStatus): boolean {
  return status === 'FINISHED' || status === 'ABORTED' || status === 'FAILED';
}
