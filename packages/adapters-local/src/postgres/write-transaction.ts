import { lockWriters } from '@weir/warehouse-sql';
import type { Session } from './postgres-sessions.ts';

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
