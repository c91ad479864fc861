import type { PreviewedRun, RunToPreview } from '@weir/core';
import { planPreview, type TextRow, toPreviewedRun } from '@weir/warehouse-sql';
import type { PostgresSessions, Session } from './postgres-sessions.ts';
import { type StatementTimes, timed } from './statement-times.ts';

/** One transaction that sees one state of the tables, writes to none of them, and is rolled back. */
export async function previewStage(
  session: Session,
  sessions: PostgresSessions,
  run: RunToPreview,
  times: StatementTimes,
): Promise<PreviewedRun> {
  try {
    await session.execute('BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE');
    const read = new Map<string, readonly TextRow[]>();
    for (const statement of planPreview(run, 'postgres')) {
      await timed(statement.name, times, async () => {
        const { rows, count } = await session.run(statement);
        read.set(statement.name, rows);
        return count;
      });
    }
    return await toPreviewedRun(async (name) => read.get(name)!);
  } catch (error) {
    throw sessions.translate(error, 'previewing a run');
  } finally {
    await session.execute('ROLLBACK').catch(() => undefined);
  }
}
