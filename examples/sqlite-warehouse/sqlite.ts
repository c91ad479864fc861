import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { decodeStagedLines, isPortError, PortError } from '@weir/core';
import { CHECK_FAULTS, type Statement, type TableDefinition, type TextRow } from '@weir/warehouse-sql';
import { toSqlite } from './to-sqlite.ts';

const OPTIONS = { timeout: 60_000, readBigInts: true, allowUnknownNamedParameters: true };
/** What only Postgres needs: `BEGIN IMMEDIATE` is the lock. */
const UNNEEDED = /^(lock-writers|tune-|analyze-)/;

const CLOSED = { code: 'warehouse.stage-closed', message: 'The stage was closed or previewed already.' };
const FAILED = { code: 'warehouse.failed', message: 'SQLite reported a fault; nothing was committed.' };

/** One connection that runs statements for Postgres, and tells of faults in the words of the ports. */
export class Sqlite {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, OPTIONS);
    this.#database.exec('PRAGMA journal_mode = WAL');
    // Days and times are text in this very form already.
    this.#database.function('TO_CHAR', { varargs: true }, (value) => value);
    this.#database.function('SPLIT_PART', (text, by, n) => String(text).split(String(by))[Number(n) - 1] ?? '');
    this.#database.aggregate('SUM_DECIMALS', {
      start: () => 0n,
      step: (sum: bigint, amount) => sum + BigInt(String(amount).replace('.', '')),
      result: (sum) => String(sum).padStart(3, '0').replace(/\d\d$/, '.$&'),
    });
  }

  run({ name, text, parameters }: Statement): readonly TextRow[] {
    if (UNNEEDED.test(name)) return [];
    // By place in statements for Postgres, by name in those for Redshift.
    const values = parameters.flatMap(({ name, value }, i) => [`$${i + 1}`, `:${name}`].map((as) => [as, value]));
    return [...this.rows(text, Object.fromEntries(values))];
  }

  /** Read as they are asked for; all of them see one state. */
  *rows(text: string, values: Record<string, SQLInputValue> = {}): Iterable<TextRow> {
    for (const row of this.#database.prepare(toSqlite(text)).iterate(values)) {
      yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : `${value}`]));
    }
  }

  execute(texts: readonly string[]): void {
    for (const text of texts) this.#database.exec(toSqlite(text));
  }

  insert({ name, columns }: TableDefinition, lines: Uint8Array): void {
    this.transact('BEGIN', () => {
      const statement = this.#database.prepare(`INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of decodeStagedLines(lines)) statement.run(...row);
    });
  }

  /** All or nothing. After `BEGIN IMMEDIATE` nobody else writes. */
  transact<Result>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => Result): Result {
    if (!this.#database.isOpen) throw new PortError(CLOSED);
    this.#database.exec(begin);
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw toPortError(error);
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function toPortError(cause: unknown): unknown {
  if (isPortError(cause)) return cause;
  const [, column = ''] = /NOT NULL constraint failed: stage_check\.(\w+)/.exec(String(cause)) ?? [];
  return new PortError({ ...(CHECK_FAULTS[column] ?? FAILED), cause });
}
