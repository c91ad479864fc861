import { PortError } from '@weir/core';
import { type Statement, selectChanges } from '@weir/warehouse-sql';
import type { Session } from './postgres-sessions.ts';

/**
 * Runs the statements if there is something to change. The last one must change as many facts as the verdicts ask for: a
 * trigger may get in between, or somebody may change facts beside us.
 */
export async function changeFacts(
  session: Session,
  statements: readonly Statement[],
  run: (statement: Statement) => Promise<number>,
): Promise<void> {
  const { rows } = await session.run(selectChanges());
  const changes = Number(rows[0]!.changes);
  if (changes === 0) return;
  let changed = 0;
  for (const statement of statements) changed = await run(statement);
  if (changed === changes) return;
  throw new PortError({
    code: 'warehouse.books-open',
    message: `The verdicts ask for ${changes} changes, but ${changed} facts were changed; nothing was committed.`,
    remedy: 'Look for triggers on fact_transactions, and for others who write to it.',
    context: { changes, changed },
  });
}
