import type { PreviewedRun, RunToPreview, Stage } from '@weir/core';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { replaceMethods } from './replace-methods.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

/** Deliberate faults of `Stage.preview`, by what is wrong. */
export const BAD_PREVIEWS: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'commits what it previews': withPreview(async (stage, run) => {
    const { files } = await stage.commit({ ...UNNAMED, ...run });
    return { ...(await stage.preview(run)), files };
  }),
  'takes every row that a run would change for a new one': changed(({ files, ...rest }) => ({
    ...rest,
    files: files.map(({ books, ...file }) => ({
      ...file,
      books: { ...books, inserted: books.inserted + books.updated, updated: 0 },
    })),
  })),
  'previews a file again that was committed before': withPreview((stage, run) =>
    stage.preview({ ...run, files: run.files.map((file) => ({ ...file, contentHash: `${file.contentHash}again` })) }),
  ),
  'tells any rejects instead of the first ones': changed((previewed) => ({
    ...previewed,
    rejects: previewed.rejects.toReversed(),
  })),
  'tells old and new values the other way round': changed((previewed) => ({
    ...previewed,
    changes: previewed.changes.map((change) => ({
      ...change,
      columns: change.columns.map(({ column, before, after }) => ({ column, before: after, after: before })),
    })),
  })),
  'tells one example more than asked for': withPreview((stage, run) =>
    stage.preview({ ...run, examples: run.examples + 1 }),
  ),
  'previews whatever the stage holds': withPreview((stage, run) =>
    stage.preview(run).catch(() => ({ files: [], rejects: [], changes: [] })),
  ),
  'lets a stage be committed after its preview': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, {
          preview: async () => ({ files: [], rejects: [], changes: [] }),
        });
      },
    }),
  })),
};

const UNNAMED = { runId: 'run-previewed', startedAt: 0, committedAt: 0, policyHash: 'sha256:p', warnings: [] };

function changed(change: (previewed: PreviewedRun) => PreviewedRun): Open<WarehouseSubject> {
  return withPreview(async (stage, run) => change(await stage.preview(run)));
}

function withPreview(preview: (stage: Stage, run: RunToPreview) => Promise<PreviewedRun>): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, { preview: (run) => preview(stage, run) });
      },
    }),
  }));
}
