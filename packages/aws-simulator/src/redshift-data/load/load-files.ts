import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import { DatabaseFault } from '../database/database-fault.ts';
import type { RedshiftPlace } from '../database/redshift-place.ts';
import type { CopyCommand } from '../sql/parse-copy.ts';
import { type LineCheck, lineCheck } from './check-line.ts';
import { type FileToLoad, listFiles } from './list-files.ts';
import { type LoadError, recordLoadErrors } from './load-errors.ts';
import { readLines } from './read-lines.ts';
import { checkRole } from './s3-fault.ts';
import { readTargetTable } from './target-columns.ts';

/**
 * COPY from S3.
 *
 * @returns rows that were loaded
 * @throws DatabaseFault where more lines are bad than MAXERROR allows; the first of them are in the load error tables
 */
export async function loadFiles(copy: CopyCommand, place: RedshiftPlace): Promise<number> {
  const { session, objects, roles, queryId } = place;
  checkRole(copy.role, roles);
  const { id, columns } = await readTargetTable(session, copy.table, copy.columns);
  const files = listFiles(copy, objects);
  const load = new Load(copy, lineCheck(columns, copy));
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const sink = copy.parsesOnly ? undefined : session.query(from(`COPY ${copy.table} (${names}) FROM STDIN`));
  try {
    for (const file of files) if (!load.isLost) await load.take(file, sink);
  } finally {
    // The session takes nothing else before its COPY has ended; what was loaded goes with the transaction.
    if (sink !== undefined) await finished(sink.end());
  }
  const sessionId = (session as typeof session & { processID: number }).processID;
  await recordLoadErrors(load.errors, { id, table: copy.table, sessionId }, place);
  if (load.isLost) throw new DatabaseFault('XX000', failure(copy.table));
  await session.query(
    "SELECT set_config('redshift.last_copy_count', $1, false), set_config('redshift.last_copy_id', $2, false)",
    [String(load.rows), String(queryId)],
  );
  return load.rows;
}

function failure(table: string): string {
  return `Load into table '${table}' failed.  Check 'sys_load_error_detail' system table for details.`;
}

/** Lines on their way from files to the database. */
class Load {
  readonly errors: LoadError[] = [];
  rows = 0;
  readonly #copy: CopyCommand;
  readonly #check: LineCheck;

  constructor(copy: CopyCommand, check: LineCheck) {
    this.#copy = copy;
    this.#check = check;
  }

  get isLost(): boolean {
    return this.errors.length > this.#copy.maxError;
  }

  async take({ address, body }: FileToLoad, sink: CopyStreamQuery | undefined): Promise<void> {
    const { compression, escapes, ignoreHeader } = this.#copy;
    let number = 0;
    for await (const lines of readLines({ address, body, compression, escapes })) {
      const sound: string[] = [];
      for (const line of lines) {
        number++;
        if (number <= ignoreHeader) continue;
        const checked = this.#check(line);
        if (typeof checked === 'string') sound.push(checked);
        else this.errors.push({ fault: checked, address, line: number, text: line });
        if (this.isLost) return;
      }
      this.rows += sound.length;
      if (sink !== undefined && sound.length > 0) await write(sink, `${sound.join('\n')}\n`);
    }
  }
}

async function write(sink: CopyStreamQuery, text: string): Promise<void> {
  if (sink.errored) throw sink.errored;
  if (!sink.write(Buffer.from(text))) await once(sink, 'drain');
}
