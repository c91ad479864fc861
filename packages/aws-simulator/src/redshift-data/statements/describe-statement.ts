import type { RedshiftRequest } from './redshift-request.ts';
import { isOver, type StatementRecord, type SubStatement } from './statement-record.ts';

/** The answer of ExecuteStatement and BatchExecuteStatement. */
export function submittedStatement(record: StatementRecord): unknown {
  const { id, createdAt, request, sessionId, status, parts } = record;
  return {
    ...{ Id: id, CreatedAt: createdAt / 1000, ...placeOf(request), DbGroups: [], SessionId: sessionId },
    ...(request.wait > 0 && { Status: status, RedshiftPid: record.pid, HasResultSet: hasResultSet(parts) }),
  };
}

/** The answer of DescribeStatement, of a batch or of one statement in it. */
export function describeStatement(record: StatementRecord, id: string): unknown {
  const { request, parts, sessionId } = record;
  const single = request.isBatch ? parts.find((part) => part.id === id) : parts[0];
  const { status, error, updatedAt, startedAt } = single !== undefined && request.isBatch ? single : record;
  return {
    Id: id,
    ...placeOf(request),
    ...{ Status: status, Error: error, SessionId: sessionId, RedshiftPid: record.pid },
    ...{ CreatedAt: record.createdAt / 1000, UpdatedAt: updatedAt / 1000 },
    Duration: durationOf(status, updatedAt, startedAt),
    QueryString: single?.sql ?? '',
    ...(request.parameters.length > 0 && { QueryParameters: request.parameters }),
    ...countsOf(single ?? parts.at(-1)!, single !== undefined),
    HasResultSet: single === undefined ? hasResultSet(parts) : single.result !== undefined,
    ResultFormat: request.format,
    ...(request.isBatch && { ExecutionMode: request.mode }),
    ...(request.isBatch && id === record.id && { SubStatements: parts.map((part) => describePart(part, record)) }),
  };
}

export function listedStatement({ id, request, status, createdAt, updatedAt, sessionId }: StatementRecord): unknown {
  return {
    ...{ Id: id, Status: status, StatementName: request.name, SecretArn: request.secretArn, SessionId: sessionId },
    ...{ CreatedAt: createdAt / 1000, UpdatedAt: updatedAt / 1000, ResultFormat: request.format },
    ...{ IsBatchStatement: request.isBatch, QueryParameters: request.parameters },
    ...(request.isBatch ? { QueryStrings: request.sqls } : { QueryString: request.sqls[0] }),
  };
}

function describePart(part: SubStatement, { createdAt }: StatementRecord): unknown {
  const { id, sql, status, error, startedAt, updatedAt, result } = part;
  return {
    ...{ Id: id, QueryString: sql, Status: status, Error: error, HasResultSet: result !== undefined },
    ...{ CreatedAt: createdAt / 1000, UpdatedAt: updatedAt / 1000, Duration: durationOf(status, updatedAt, startedAt) },
    ...countsOf(part, true),
  };
}

function countsOf({ rows, queryId, result }: SubStatement, isSingle: boolean): object {
  const bytes = result?.rows.reduce((sum, row) => sum + row.reduce((n, value) => n + (value?.length ?? 0), 0), 0);
  return {
    ResultRows: isSingle ? rows : -1,
    ResultSize: isSingle ? (bytes ?? -1) : -1,
    RedshiftQueryId: isSingle ? queryId : 0,
  };
}

function placeOf({ cluster, workgroup, database, secretArn, signIn, dbUser }: RedshiftRequest): object {
  return {
    ...{ ClusterIdentifier: cluster, WorkgroupName: workgroup, Database: database, SecretArn: secretArn },
    DbUser: dbUser ?? signIn?.user ?? 'IAMR:simulated',
  };
}

/** Nanoseconds. */
function durationOf(status: StatementRecord['status'], updatedAt: number, startedAt: number): number {
  return isOver(status) ? Math.max(1, updatedAt - startedAt) * 1_000_000 : -1;
}

function hasResultSet(parts: readonly SubStatement[]): boolean {
  return parts.some(({ result }) => result !== undefined);
}
