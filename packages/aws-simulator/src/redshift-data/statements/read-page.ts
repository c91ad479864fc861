import { ServiceFault } from '../../server/service.ts';
import { invalid } from './redshift-request.ts';
import type { ColumnKind, ResultColumn, StatementRecord, StatementResult } from './statement-record.ts';

/** The answer of GetStatementResult and GetStatementResultV2. */
export function readPage(
  record: StatementRecord,
  { Id, NextToken }: Readonly<Record<string, unknown>>,
  operation: string,
  rowsPerPage: number,
): unknown {
  const { columns, rows } = resultOf(record, String(Id));
  const isText = operation === 'GetStatementResultV2';
  if (isText !== (record.request.format === 'CSV'))
    throw invalid(`${operation} cannot be used with the result format ${record.request.format}.`);
  const start = toStart(NextToken, rows.length);
  const page = rows.slice(start, start + rowsPerPage);
  const end = start + page.length;
  const records = page.map((row) => row.map((value, i) => toField(value, columns[i]!.type)));
  return {
    Records: isText ? [{ CSVRecords: toCsv(columns, page, start === 0) }] : records,
    ColumnMetadata: columns.map(describeColumn),
    TotalNumRows: rows.length,
    ...(isText && { ResultFormat: 'CSV' }),
    ...(end < rows.length && { NextToken: Buffer.from(`row ${end}`).toString('base64') }),
  };
}

function resultOf(record: StatementRecord, id: string): StatementResult {
  const { parts, isResultLost, request } = record;
  const part = request.isBatch ? parts.find((known) => known.id === id) : parts[0];
  if (part?.result !== undefined && record.status === 'FINISHED' && !isResultLost) return part.result;
  throw new ServiceFault(
    'ResourceNotFoundException',
    'Query does not have result. Please check query status with DescribeStatement.',
    400,
    { fields: { ResourceId: id } },
  );
}

function toStart(token: unknown, most: number): number {
  if (token === undefined) return 0;
  const start = Number(/^row (\d+)$/.exec(Buffer.from(String(token), 'base64').toString('utf8'))?.[1]);
  if (start <= most) return start;
  throw invalid('Invalid token.');
}

function toField(value: string | null, type: ColumnKind): object {
  if (value === null) return { isNull: true };
  switch (type) {
    case 'long':
      return { longValue: Number(value) };
    case 'double':
      return { doubleValue: Number(value) };
    case 'boolean':
      return { booleanValue: value === 't' };
    default:
      return { stringValue: value };
  }
}

function describeColumn({ name, type, typeName, precision, scale }: ResultColumn): object {
  return {
    ...{ name, label: name, typeName, precision, scale, length: 0, nullable: 1, schemaName: '', tableName: '' },
    ...{ isCaseSensitive: type === 'string', isCurrency: false, isSigned: type === 'long' || type === 'double' },
  };
}

function toCsv(columns: readonly ResultColumn[], rows: StatementResult['rows'], withHeader: boolean): string {
  const lines = rows.map((row) => row.map((value) => quote(value ?? '')).join(','));
  const all = withHeader ? [columns.map(({ name }) => quote(name)).join(','), ...lines] : lines;
  return `${all.join('\r\n')}\r\n`;
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
