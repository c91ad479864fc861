import type { Fact, RunToCommit, Stage, Warehouse } from '@weir/core';
import type { StoredReject } from '@weir/core/testing';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { BAD_COMMIT_RULES } from './bad-commit-rules.ts';
import { BAD_PREVIEWS } from './bad-previews.ts';
import { replaceMethods } from './replace-methods.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

/** Deliberate faults, by what is wrong. */
export const BAD_WAREHOUSES: Readonly<Record<string, Open<WarehouseSubject>>> = {
  ...BAD_COMMIT_RULES,
  ...BAD_PREVIEWS,
  'shows staged rejects although the commit fails': openWarehouse(undefined, (subject) => {
    const kept: StoredReject[] = [];
    const warehouse = withCommit(subject.warehouse, async (stage, run) => {
      const mismatch = stage.commit(run);
      await mismatch.catch(() => kept.push({} as StoredReject));
      return mismatch;
    });
    return { warehouse, rejects: async () => [...(await subject.rejects()), ...kept] };
  }),
  'forgets rejects': openWarehouse(undefined, () => ({ rejects: async () => [] })),
  'keeps only the first fault of a reject': openWarehouse(undefined, (subject) => ({
    rejects: async () => (await subject.rejects()).map((reject) => ({ ...reject, faults: reject.faults.slice(0, 1) })),
  })),
  'trims what it stores': openWarehouse(undefined, (subject) => ({
    rejects: async () => (await subject.rejects()).map((row) => ({ ...row, raw_record: row.raw_record.trim() })),
  })),
  'keeps no decisions': openWarehouse(undefined, () => ({ decisions: async () => [] })),
  'keeps every decision': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: withCommit(warehouse, (stage, run) =>
      stage.commit({ ...run, policy: { ...run.policy, decisions: 'all' } }),
    ),
  })),
  'ignores terminal statuses': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: withCommit(warehouse, (stage, run) =>
      stage.commit({ ...run, policy: { ...run.policy, terminalStatuses: [] } }),
    ),
  })),
  'loads a file again that was committed before': openWarehouse(undefined, ({ warehouse }) => {
    let runs = 0;
    return {
      warehouse: withCommit(warehouse, (stage, run) =>
        stage.commit({
          ...run,
          files: run.files.map((file) => ({ ...file, contentHash: `${file.contentHash}${runs++}` })),
        }),
      ),
    };
  }),
  'takes a refused file for a committed one': openWarehouse(undefined, ({ warehouse, history }) => ({
    warehouse: replaceMethods(warehouse, {
      committedHashes: async (keys: readonly string[]) => {
        const hashes = new Map(await warehouse.committedHashes(keys));
        for (const { runId } of await history.runs({ limit: 100 })) {
          for (const file of (await history.run(runId))!.files) hashes.set(file.key, new Set([file.contentHash]));
        }
        return hashes;
      },
    }),
  })),
  'does not check the counts': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId: string) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, { commit: (run: RunToCommit) => commitWithoutCounts(stage, run) });
      },
    }),
  })),
  'commits what a closed stage holds': openWarehouse(undefined, ({ warehouse }) => {
    const opened: Stage[] = [];
    return {
      warehouse: replaceMethods(warehouse, {
        openStage: async (runId: string) => {
          const stage = opened.at(-1) ?? (await warehouse.openStage(runId));
          opened.push(stage);
          return replaceMethods(stage, { close: async () => {} });
        },
      }),
    };
  }),
  'keeps the backslash that escapes another one': spoilStage((stage) => ({
    writeRows: (lines) => stage.writeRows(mapText(lines, (text) => text.replaceAll('\\\\', '\\\\\\\\'))),
  })),

  'does not say where a fact came from': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        for await (const batch of facts.facts()) yield batch.map((fact) => ({ ...fact, source_line: 0 }));
      },
    }),
  })),
  'cuts numbers at 32 bits': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        for await (const batch of facts.facts()) {
          yield batch.map((fact) => ({ ...fact, source_line: fact.source_line | 0 }));
        }
      },
    }),
  })),
  'folds letter case': spoilStage((stage) => ({
    writeRows: (lines) => stage.writeRows(mapText(lines, (text) => text.replaceAll('\tA\t', '\ta\t'))),
  })),
  'takes one write a file': spoilStage((stage) => {
    const begun = new Set<number>();
    return {
      writeRows: async (lines) => {
        if (!begun.has(lines[0]!)) await stage.writeRows(lines);
        begun.add(lines[0]!);
      },
    };
  }),
  'commits a stage that is closed': openWarehouse(undefined, (subject) => {
    let facts: readonly Fact[] = [];
    return {
      warehouse: replaceMethods(subject.warehouse, {
        openStage: async (runId) => {
          const stage = await subject.warehouse.openStage(runId);
          let isCommitted = false;
          return replaceMethods(stage, {
            commit: (run) => {
              isCommitted = true;
              return stage.commit(run);
            },
            close: async () => {
              if (!isCommitted) facts = [{ transaction_id: 'T-1' } as Fact];
              await stage.close();
            },
          });
        },
      }),
      facts: replaceMethods(subject.facts, {
        async *facts() {
          yield* subject.facts.facts();
          if (facts.length > 0) yield facts;
        },
      }),
    };
  }),
  'cannot close a stage twice': spoilStage((stage) => {
    let closed = 0;
    return {
      close: async () => {
        if (++closed > 1) throw new Error('It is closed already.');
        await stage.close();
      },
    };
  }),
  'answers for a thousand keys at most': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, { committedHashes: (keys) => warehouse.committedHashes(keys.slice(0, 1000)) }),
  })),
  'knows a hash for every key': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      committedHashes: async (keys) => {
        const hashes = await warehouse.committedHashes(keys);
        return hashes.size > 0 ? hashes : new Map(keys.map((key) => [key, new Set<string>()]));
      },
    }),
  })),
  'refuses a run without files': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: withCommit(warehouse, async (stage, run) => {
      if (run.files.length === 0) throw new Error('There is nothing to commit.');
      return stage.commit(run);
    }),
  })),
  'gives the books of a refused file': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: withCommit(warehouse, async (stage, run) => ({
      files: (await stage.commit(run)).files.map((file, i) =>
        file.status === 'refused' ? { ...file, books: { ...file.books, read: run.files[i]!.read } } : file,
      ),
    })),
  })),
  'calls a file empty of which every row is rejected': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: withCommit(warehouse, async (stage, run) => ({
      files: (await stage.commit(run)).files.map((file) =>
        file.books.read > 0 && file.books.read === file.books.rejected ? { ...file, status: 'empty' } : file,
      ),
    })),
  })),
};

function withCommit(
  warehouse: Warehouse,
  commit: (stage: Stage, run: RunToCommit) => ReturnType<Stage['commit']>,
): Warehouse {
  return replaceMethods(warehouse, {
    openStage: async (runId) => {
      const stage = await warehouse.openStage(runId);
      return replaceMethods(stage, { commit: (run) => commit(stage, run) });
    },
  });
}

/** Tries counts until some are taken. */
async function commitWithoutCounts(stage: Stage, run: RunToCommit): ReturnType<Stage['commit']> {
  for (let read = 0; read < 10; read++) {
    for (let rejected = 0; rejected <= read; rejected++) {
      const files = run.files.map((file) => ({ ...file, read, rejected }));
      const committed = await stage.commit({ ...run, files }).catch(() => undefined);
      if (committed !== undefined) return committed;
    }
  }
  return stage.commit(run);
}

function mapText(lines: Uint8Array, map: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(map(new TextDecoder().decode(lines)));
}

function spoilStage(methods: (stage: Stage) => Partial<Stage>): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, methods(stage));
      },
    }),
  }));
}
