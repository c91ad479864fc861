import { selectSharedStages, tryLockSharedStage, unlockSharedStage } from '@weir/warehouse-sql';
import type { Session } from './postgres-sessions.ts';

/**
 * Drops the shared stages that nobody uses: those of runs that were killed. Who uses a stage holds its lock.
 *
 * @param own the stage of this session, which is dropped alone
 */
export async function sweepSharedStages(session: Session, own?: string): Promise<void> {
  const { rows } = await session.run(selectSharedStages());
  for (const { id, tables } of rows) {
    if (own !== undefined && id !== own) continue;
    // A session may hold its lock twice.
    const [lock] = (await session.run(tryLockSharedStage(id!))).rows;
    if (lock!.is_dead === null) continue;
    await dropSoon(session, tables!);
    await session.run(unlockSharedStage(id!));
  }
}

/** A session that outlives its run for a moment may still use a table: then it is left to the next sweep. */
async function dropSoon(session: Session, tables: string): Promise<void> {
  await session.execute("SET lock_timeout = '1s'");
  // Also the views of this session on them.
  await session.execute(`DROP TABLE IF EXISTS ${tables} CASCADE`).catch(() => undefined);
  await session.execute('RESET lock_timeout');
}
