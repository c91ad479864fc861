/** What Redshift says of a statement that it does not run to its end. */
export class DatabaseFault extends Error {
  readonly code: string;

  /**
   * @param code SQLSTATE, or Redshift's own number
   * @param position in the statement, from 1
   */
  constructor(code: string, message: string, position?: number) {
    super(position === undefined ? `ERROR: ${message}` : `ERROR: ${message}\n  Position: ${position}`);
    this.name = 'DatabaseFault';
    this.code = code;
  }
}

/** Redshift's words for an error of Postgres. */
export function toDatabaseFault(error: unknown): DatabaseFault {
  if (error instanceof DatabaseFault) return error;
  const { code, message, detail, constraint, dataType } = error as PostgresError;
  if (code === '40001')
    return new DatabaseFault('1023', '1023\n  Detail: Serializable isolation violation on table in Redshift');
  if (code === '57014') return new DatabaseFault('57014', "Query cancelled on user's request");
  const length = /^redshift_varchar_(\d+)/.exec(constraint ?? dataType ?? '')?.[1];
  if (code === '23514' && length !== undefined)
    return new DatabaseFault('22001', `value too long for type character varying(${length})`);
  if (code === '23502')
    return new DatabaseFault('23502', `Cannot insert a NULL value into column ${nullColumn(error)}`);
  if (code === '21000' && message.startsWith('MERGE'))
    return new DatabaseFault(code, 'Found multiple matches to update the same tuple.');
  if (code === '42501') return new DatabaseFault(code, message.replace(OF_ONE_KIND, '$1 relation'));
  if (code === undefined) return new DatabaseFault('57P01', 'the connection to the database was lost');
  return new DatabaseFault(code, detail === undefined ? message : `${message}\n  Detail: ${detail}`);
}

/** Redshift says "relation" where Postgres says of which kind it is. */
const OF_ONE_KIND = /^(permission denied for|must be owner of) (?:table|view|materialized view|sequence|index)\b/;

interface PostgresError {
  readonly code?: string;
  readonly message: string;
  readonly detail?: string;
  readonly constraint?: string;
  readonly dataType?: string;
}

function nullColumn(error: unknown): string {
  return (error as { column?: string }).column ?? '';
}
