import type pg from 'pg';
import { DatabaseFault } from '../database/database-fault.ts';
import type { TranslatedStatement } from '../sql/translated-statement.ts';
import type { SqlParameter } from './redshift-request.ts';
import { toResultColumns } from './result-columns.ts';
import type { StatementResult } from './statement-record.ts';

export interface Outcome {
  readonly rows: number;
  readonly result?: StatementResult;
}

const LARGEST_ROW = 64 * 1024;
const LARGEST_RESULT = 500 * 1024 * 1024;
const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE']);
const COMMANDS_OF_TRANSACTIONS = new Set(['begin', 'start', 'commit', 'end', 'rollback', 'abort']);

/** Runs a statement that Postgres knows, within the transaction that is open on the session. */
export async function runSql(
  session: pg.Client,
  statement: Extract<TranslatedStatement, { kind: 'sql' }>,
  parameters: readonly SqlParameter[],
): Promise<Outcome> {
  const { command, exclusive, text } = statement;
  if (COMMANDS_OF_TRANSACTIONS.has(command))
    throw new DatabaseFault(
      '0A000',
      `the simulator does not run ${command.toUpperCase()}: the Data API has transactions`,
    );
  if (exclusive !== undefined) await session.query(`LOCK TABLE ${exclusive} IN SHARE ROW EXCLUSIVE MODE`);
  if (command === 'vacuum') {
    await commitAndGoOn(session);
    return { rows: 0 };
  }
  const given = statement.parameters.map((name) => parameterValue(name, parameters));
  const { rows, fields, rowCount, command: tag } = await session.query({ ...RAW, text, values: given });
  if (command === 'truncate') await commitAndGoOn(session);
  if (fields.length > 0 && command !== 'create') {
    const values = rows as unknown as StatementResult['rows'];
    checkSize(values);
    return { rows: values.length, result: { columns: toResultColumns(fields), rows: values } };
  }
  if (tag !== null && COUNTED.has(tag)) return { rows: rowCount ?? 0 };
  // Redshift's guide does not name MERGE and CREATE TABLE AS among the statements whose rows are counted.
  return { rows: tag === 'MERGE' || tag === 'SELECT' ? -1 : 0 };
}

/** In which words the Data API refuses a result that is too large is not known. */
function checkSize(rows: StatementResult['rows']): void {
  let total = 0;
  for (const row of rows) {
    const bytes = row.reduce((sum, value) => sum + (value === null ? 0 : Buffer.byteLength(value)), 0);
    if (bytes > LARGEST_ROW) throw new DatabaseFault('54000', 'A row of the result is larger than 64 KB');
    total += bytes;
  }
  if (total > LARGEST_RESULT) throw new DatabaseFault('54000', 'The result is larger than 500 MB');
}

/** TRUNCATE and VACUUM commit what was done before them, and themselves. */
async function commitAndGoOn(session: pg.Client): Promise<void> {
  await session.query('COMMIT');
  await session.query(BEGIN);
}

/** The snapshot is taken by the first statement that needs one; LOCK needs none. */
export const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ';

const RAW = { rowMode: 'array', types: { getTypeParser: () => (value: string) => value } } as const;

function parameterValue(name: string, parameters: readonly SqlParameter[]): string {
  const parameter = parameters.find((known) => known.name === name);
  if (parameter === undefined) throw new DatabaseFault('42601', 'syntax error at or near ":"');
  return parameter.value;
}
