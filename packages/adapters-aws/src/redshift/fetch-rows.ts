import { type Field, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import type { TextRow } from '@weir/warehouse-sql';
import type { DataApiCalls } from './data-api-calls.ts';

/** All rows that a statement read, page by page: at most 500 MB, and 64 KB a row. */
export async function fetchRows(calls: DataApiCalls, id: string): Promise<readonly TextRow[]> {
  const rows: TextRow[] = [];
  let token: string | undefined;
  do {
    const input = token === undefined ? { Id: id } : { Id: id, NextToken: token };
    const page = await calls.call((client) => client.send(new GetStatementResultCommand(input)));
    const names = (page.ColumnMetadata ?? []).map(({ name, label }) => label ?? name ?? '');
    for (const record of page.Records ?? []) {
      rows.push(Object.fromEntries(record.map((field, i) => [names[i], readField(field)])));
    }
    token = page.NextToken === '' ? undefined : page.NextToken;
  } while (token !== undefined);
  return rows;
}

function readField(field: Field): string | null {
  if (field.isNull === true) return null;
  const value = field.stringValue ?? field.longValue ?? field.booleanValue ?? field.doubleValue;
  return value === undefined ? null : String(value);
}
