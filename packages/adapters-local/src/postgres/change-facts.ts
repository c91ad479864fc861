import { PortError } from '@weir/core';
import { type Statement, selectChanges } from '@weir/warehouse-sql';
import type { Session } from './postgres-sessions.ts';

/**
 * Runs those of the statements that have something to change. Each must change as many facts as there are verdicts for it:
 * a trigger or a rule may get in between, or somebody may change facts beside us.
 */
export async function changeFacts(
  session: Session,
  statements: readonly Statement[],
  run: (statement: Statement) => Promise<number>,
): Promise<void> {
  const { rows } = await session.run(selectChanges());
  const expected = new Map(rows.map(({ statement, changes }) => [statement!, Number(changes)]));
  for (const statement of statements) {
    const isTuning = statement.name === 'tune-change';
    const changes = expected.get(statement.name) ?? 0;
    if (!isTuning && changes === 0) continue;
    const changed = await run(statement);
    if (isTuning || changed === changes) continue;
    throw new PortError({
      code: 'warehouse.books-open',
      message: `The verdicts ask ${statement.name} for ${changes} changes, but ${changed} facts were changed; nothing was committed.`,
      remedy: 'Look for triggers and rules on fact_transactions, and for others who write to it.',
      context: { statement: statement.name, changes, changed },
    });
  }
}
