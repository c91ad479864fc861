import type { RedshiftPlace } from '../database/redshift-place.ts';
import type { LineFault } from './check-line.ts';

export interface LoadError {
  readonly fault: LineFault;
  readonly address: string;
  /** From 1, in its file. */
  readonly line: number;
  readonly text: Buffer;
}

/** Writes errors where SYS_LOAD_ERROR_DETAIL and STL_LOAD_ERRORS show them, whatever becomes of the transaction. */
export async function recordLoadErrors(
  errors: readonly LoadError[],
  target: { readonly id: number; readonly table: string; readonly sessionId: number },
  { database, queryId, now }: RedshiftPlace,
): Promise<void> {
  for (const { fault, address, line, text } of errors) {
    const { code, reason, column, position, field } = fault;
    await database.query(
      `INSERT INTO redshift.load_error (query_id, session_id, table_id, table_name, start_time, file_name, line_number,
        column_name, column_type, column_length, position, error_code, error_message, raw_line, raw_field_value)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[queryId, target.sessionId, target.id % 2 ** 31, target.table, new Date(now).toISOString(), address, line],
        ...[column?.name ?? '', column?.type ?? '', lengthOf(column), position, code, reason],
        ...[storable(text.toString('utf8')), storable(field)],
      ],
    );
  }
}

function lengthOf(column: LineFault['column']): string {
  if (column === undefined) return '';
  return column.type === 'numeric' ? `${column.size},${column.scale}` : String(column.size);
}

function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 1024);
}
