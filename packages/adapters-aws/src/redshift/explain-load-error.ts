import { PortError } from '@weir/core';
import type { Statement } from '@weir/warehouse-sql';
import type { DataApiFault } from './data-api-fault.ts';
import type { DataApiSession } from './data-api-session.ts';

/**
 * Where a COPY failed: throws a sentence with file, line and column, and without the value; returns where Redshift
 * recorded nothing.
 *
 * @throws PortError `warehouse.value-refused`
 */
export async function explainLoadError(session: DataApiSession, fault: DataApiFault): Promise<void> {
  const { statement = '', queryId } = fault.values;
  if (!statement.startsWith('copy-') || queryId === undefined) return;
  // What cannot be explained is told as it is.
  const rows = await session.query(selectLoadErrors(queryId), 'reading load errors').catch(() => []);
  const [first] = rows;
  if (first === undefined) return;
  const { file_name: file, line_number: line, column_name: column, column_type: type, error_message: words } = first;
  const where = column?.trim() ? ` in column ${column.trim()} (${type?.trim()})` : '';
  throw new PortError({
    code: 'warehouse.value-refused',
    message: `Redshift refused line ${line} of ${file?.trim()}${where}: ${reasonOf(words)}; nothing was committed.`,
    remedy: 'This is a fault of the transform, which lets only fitting values pass: report it.',
    context: { location: session.location, statement, queryId, file: file?.trim() ?? '', line: Number(line) },
    cause: fault.withoutWords(),
  });
}

function selectLoadErrors(queryId: number): Statement {
  return {
    name: 'select-load-errors',
    text: `SELECT file_name, line_number, column_name, column_type, error_message
FROM sys_load_error_detail WHERE query_id = CAST(:select_load_errors_1 AS BIGINT)
ORDER BY file_name, line_number LIMIT 1`,
    parameters: [{ name: 'select_load_errors_1', value: queryId }],
  };
}

/** `Invalid digit, Value 'x', Pos 0, Type: Integer`: what comes before the value. */
function reasonOf(words: string | null | undefined): string {
  return (
    (words ?? '')
      .split(/[,:.(']/)[0]!
      .trim()
      .toLowerCase() || 'no reason given'
  );
}
