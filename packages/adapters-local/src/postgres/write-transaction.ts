import { lockWriters, type Statement, type TextRow } from '@weir/warehouse-sql';
import type { PostgresSessions, Session } from './postgres-sessions.ts';

export interface WriterOptions {
  /** Milliseconds to wait for another writer before `warehouse.busy`. Default 600,000. */
  readonly lockTimeout?: number | undefined;
  /** Milliseconds of waiting after which `onWait` is called, once. Default 3,000. */
  readonly waitNotice?: number | undefined;
  /** Told that another run is writing, and that this one waits for it. */
  readonly onWait?: (() => void) | undefined;
}

/**
 * Begins a transaction that is the only one to write. Settings come before it, so that the lock is its first statement.
 * Bound in its waiting and its idling, but not in the time that a statement of it takes.
 */
export async function beginWriting(session: Session, options: WriterOptions): Promise<void> {
  const { lockTimeout = 600_000, waitNotice = 3_000, onWait = () => undefined } = options;
  await session.execute(
    `SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 300000; SET lock_timeout = ${Math.trunc(lockTimeout)}`,
  );
  await session.execute('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
  const timer = setTimeout(onWait, waitNotice);
  try {
    await session.run(lockWriters());
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One statement as a transaction of its own that is the only one to write.
 *
 * @returns how many rows it touched
 * @throws PortError
 */
export async function runAsWriter(
  sessions: PostgresSessions,
  doing: string,
  statement: Statement,
  options: WriterOptions,
): Promise<number> {
  return sessions.use(doing, async (session) => {
    await beginWriting(session, options);
    const { count } = await session.run(statement);
    await session.execute('COMMIT');
    await session.execute('RESET ALL');
    return count;
  });
}

/**
 * Reads while nobody else writes. A transaction whose answer was lost may still be at work: it holds the lock, so that its end
 * is known once we have it.
 *
 * @returns the rows of each statement
 * @throws PortError
 */
export async function askAsWriter(
  sessions: PostgresSessions,
  doing: string,
  statements: readonly Statement[],
  options: WriterOptions,
): Promise<readonly (readonly TextRow[])[]> {
  return sessions.use(doing, async (session) => {
    await beginWriting(session, options);
    const answers: (readonly TextRow[])[] = [];
    for (const statement of statements) answers.push((await session.run(statement)).rows);
    await session.execute('ROLLBACK');
    await session.execute('RESET ALL');
    return answers;
  });
}
