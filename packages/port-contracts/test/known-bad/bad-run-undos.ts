import { isPortError, parsePolicy, type RunUndo, type UndoStage, type UndoStep, type UndoToCommit } from '@weir/core';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

const POLICY = parsePolicy();

/** Undos that are wrong on purpose. */
export const BAD_RUN_UNDOS: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'finds something to do for every run': spoilSteps((steps) =>
    steps.length > 0 ? steps : [{ kind: 'delete', transactionId: 'T-9' }],
  ),
  'removes all that a run brought': spoilSteps((steps) => steps.map((step) => ({ ...step, kind: 'delete' }))),
  'is always in doubt': spoilSteps((steps) => steps.map((step) => ({ ...step, kind: 'doubtful' }))),
  'is never in doubt': spoilSteps((steps) =>
    steps.map((step) => (step.kind === 'doubtful' ? { ...step, kind: 'delete' } : step)),
  ),
  'tells steps backwards': spoilSteps((steps) => steps.toReversed()),
  'tells all steps at once': openWarehouse(undefined, ({ undo }) => ({
    undo: replaceMethods(undo, {
      async *steps(runId, policy) {
        const steps = (await collect(undo.steps(runId, policy))).flat();
        if (steps.length > 0) yield [...steps, ...(steps.length < 300 ? [] : Array(10_000).fill(steps[0]))];
      },
    }),
  })),

  'puts nothing back': spoilCommit((stage, undo) => stage.commit({ ...undo, sources: [], restored: 0 })),
  'takes every run for one that can be undone': ignoring('warehouse.not-undoable'),
  'does not see that somebody committed meanwhile': ignoring('warehouse.undo-outdated'),
  'does not keep books': ignoring('warehouse.books-open'),
  'takes all that is staged': spoilCommit(async (stage, undo, { undo: inner }) => {
    const steps = (await collect(inner.steps(undo.runId, undo.policy))).flat();
    const [first] = steps.filter((step) => step.kind === 'restore');
    const isLeftOut = undo.sources.length === 0 && first !== undefined && steps.length === 1;
    await stage.commit(isLeftOut ? { ...undo, sources: [{ ...first.source, fileNo: 1 }], restored: 1 } : undo);
  }),
  'undoes when it is closed': openWarehouse(undefined, ({ undo }) => ({
    undo: replaceMethods(undo, {
      openUndo: async (runId) => {
        const stage = await undo.openUndo(runId);
        let isOver = false;
        return replaceMethods(stage, {
          commit: (order) => {
            isOver = true;
            return stage.commit(order);
          },
          close: async () => {
            if (isOver) return stage.close();
            isOver = true;
            const steps = (await collect(undo.steps(runId, POLICY))).flat();
            const deleted = steps.filter(({ kind }) => kind === 'delete').length;
            await stage.commit({ runId, undoneAt: 0, policy: POLICY, sources: [], deleted, restored: 0 });
          },
        });
      },
    }),
  })),
  'removes what it cannot put back': openWarehouse(undefined, ({ facts, history }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        const all = (await collect(facts.facts())).flat();
        const runs = await history.runs({ limit: 1000 });
        const kept = all.filter(({ run_id }) => runs.find(({ runId }) => runId === run_id)?.status !== 'undone');
        if (kept.length > 0) yield kept;
      },
    }),
  })),
  'empties the table': openWarehouse(undefined, ({ facts, history }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        if ((await history.runs({ limit: 1000 })).every(({ status }) => status !== 'undone')) yield* facts.facts();
      },
    }),
  })),
  'does not tell that a run is undone': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run?.status === 'undone' ? { ...run, status: 'succeeded' } : run;
      },
    }),
  })),
  'takes refused files for undone': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run?.status === 'undone'
          ? { ...run, files: run.files.map((file) => ({ ...file, status: 'undone' as const })) }
          : run;
      },
    }),
  })),
  'goes on to know what was loaded': openWarehouse(undefined, ({ warehouse, history }) => ({
    warehouse: replaceMethods(warehouse, {
      committedHashes: async () => {
        const files = await Promise.all(
          (await history.runs({ limit: 1000 })).map(async ({ runId }) => history.run(runId)),
        );
        return new Map(files.flatMap((run) => run!.files.map(({ key, contentHash }) => [key, new Set([contentHash])])));
      },
    }),
  })),
  'keeps all rejects': openWarehouse(undefined, ({ rejects, undo }) => {
    let before: Awaited<ReturnType<typeof rejects>> = [];
    return {
      undo: replaceMethods(undo, {
        openUndo: async (runId) => {
          before = await rejects();
          return undo.openUndo(runId);
        },
      }),
      rejects: async () => [...before, ...(await rejects())],
    };
  }),
  'takes every reject for settled': openWarehouse(undefined, ({ rejects }) => ({
    rejects: async () => (await rejects()).map((reject) => ({ ...reject, state: 'resolved' })),
  })),
};

function spoilSteps(spoil: (steps: readonly UndoStep[]) => readonly UndoStep[]): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ undo }) => ({
    undo: replaceMethods(undo, {
      async *steps(runId, policy) {
        const steps = spoil((await collect(undo.steps(runId, policy))).flat());
        for (let i = 0; i < steps.length; i += 100) yield steps.slice(i, i + 100);
      },
    } satisfies Partial<RunUndo>),
  }));
}

function spoilCommit(
  commit: (stage: UndoStage, undo: UndoToCommit, subject: WarehouseSubject) => Promise<void>,
): Open<WarehouseSubject> {
  return openWarehouse(undefined, (subject) => ({
    undo: replaceMethods(subject.undo, {
      openUndo: async (runId) => {
        const stage = await subject.undo.openUndo(runId);
        return replaceMethods(stage, { commit: (undo) => commit(stage, undo, subject) });
      },
    }),
  }));
}

function ignoring(code: string): Open<WarehouseSubject> {
  return spoilCommit(async (stage, undo) => {
    try {
      await stage.commit(undo);
    } catch (error) {
      if (!isPortError(error) || error.code !== code) throw error;
    }
  });
}
