import type { PreviewedRun, RunToPreview } from '@weir/core';
import { planPreview, type Statement, toPreviewedRun } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

/**
 * One transaction that writes to nothing but its temporary tables, so that it may be begun again.
 *
 * @param fill creates and fills the stage tables
 */
export async function previewRun(
  session: DataApiSession,
  run: RunToPreview,
  fill: readonly Statement[],
): Promise<PreviewedRun> {
  const statements = [...fill, ...planPreview(run, 'redshift')];
  const { rows } = await session.transact(statements, 'previewing a run');
  return await session.use('reading a preview', () => toPreviewedRun(rows));
}
