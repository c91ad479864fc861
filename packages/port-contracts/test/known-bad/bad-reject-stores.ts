import type {
  FaultCode,
  FileToCommit,
  Reject,
  RejectCounts,
  RejectFilter,
  RejectQuery,
  RejectStore,
  RunToCommit,
} from '@weir/core';
import { InMemoryWarehouse } from '@weir/core/testing';
import type { Open, RejectStoreSubject } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';

/** Stores of rejects that are wrong on purpose, and warehouses that settle rejects wrongly. */
export const BAD_REJECT_STORES: Readonly<Record<string, Open<RejectStoreSubject>>> = {
  'forgets rejects': mapping(() => []),
  'gives a reject where there is none': mapping((all) => (all.length === 0 ? [{} as Reject] : all)),
  'trims records': mapping((all) => all.map((reject) => ({ ...reject, rawRecord: reject.rawRecord.trim() }))),
  'cuts lines at 32 bits': mapping((all) => all.map((reject) => ({ ...reject, line: reject.line | 0 }))),
  'takes every record for a whole text': mapping((all) =>
    all.map((reject) => ({ ...reject, rawEncoding: 'text', isTruncated: false })),
  ),
  'reads in the order of lines': mapping((all) => all.toSorted((a, b) => a.line - b.line)),
  'reads in the order of the runs': mapping((all) => all.toSorted((a, b) => a.firstSeen - b.firstSeen)),
  'does not order the contents of a key': mapping((all) =>
    all.toSorted((a, b) => (a.key !== b.key ? 0 : a.contentHash < b.contentHash ? 1 : -1)),
  ),
  'reads the first page only': paging((pages) => pages.slice(0, 1)),
  'reads a page twice': paging((pages) => [...pages, ...pages.slice(-1)]),
  'does not read on behind a place': asking(({ after: _, ...query }) => query),
  'does not know a limit': asking(({ limit: _, ...query }) => query),
  'takes the limit for a page': asking((query) => ({ ...query, limit: Math.min(query.limit ?? 1000, 1000) })),
  ...Object.fromEntries(
    (['state', 'codes', 'file', 'line', 'runId', 'fromDay', 'toDay', 'seenBefore'] as const).map((part) => [
      `does not filter by ${part}`,
      asking((query) => ({ ...query, [part]: undefined })),
    ]),
  ),
  'goes by one part of a filter only': asking(({ after, limit, ...filter }) => ({
    after,
    limit,
    ...Object.fromEntries(Object.entries(filter).slice(0, 1)),
  })),
  'takes a key for one with blanks behind it': open(({ store }) => ({
    store: replaceMethods(store, {
      readRejects: async function* ({ file, ...query }) {
        const all = (await collect(store.readRejects(query))).flat();
        yield all.filter(({ key }) => file === undefined || `/${key.trimEnd()}`.endsWith(`/${file}`));
      },
    }),
  })),
  'counts nothing': counting(async () => ({ rejects: 0, byCode: {} })),
  'counts under the first code only': counting(async (store, filter) => {
    const all = (await collect(store.readRejects(filter))).flat();
    const byCode: Partial<Record<FaultCode, number>> = {};
    for (const { faults } of all) byCode[faults[0]!.code] = (byCode[faults[0]!.code] ?? 0) + 1;
    return { rejects: all.length, byCode };
  }),
  'counts rows by their faults': counting(async (store, filter) => {
    const { byCode } = await store.countRejects(filter);
    return { rejects: Object.values(byCode).reduce((sum, count) => sum + count, 0), byCode };
  }),
  'counts codes that nobody asked about': counting(async (store, filter) => {
    const { rejects } = await store.countRejects(filter);
    return { rejects, byCode: (await store.countRejects({})).byCode };
  }),
  'names the codes that none of them has': counting(async (store, filter) => {
    const { rejects, byCode } = await store.countRejects(filter);
    return { rejects, byCode: { 'row-too-long': 0, ...byCode } };
  }),
  'dismisses nothing': open(({ store }) => ({
    store: replaceMethods(store, {
      dismissRejects: async (filter) => (await collect(store.readRejects({ ...filter, state: 'open' }))).flat().length,
    }),
  })),
  'does not know how many it dismissed': open(({ store }) => ({
    store: replaceMethods(store, { dismissRejects: async (filter) => 0 * (await store.dismissRejects(filter)) }),
  })),

  'takes a replay for the delivery itself': committing((files) => files.map((file) => ({ ...file, status: 'loaded' }))),
  'leaves replays out': committing((files) => files.filter(({ status }) => status !== 'replayed')),
  'takes the day of the replay for that of the delivery': committing((files) =>
    files.map((file) => ({ ...file, sourceDay: file.status === 'replayed' ? '2023-03-30' : file.sourceDay })),
  ),
  'takes every content of a file for the first one': committing((files) =>
    files.map((file) => ({ ...file, contentHash: 'sha256:0' })),
  ),
  'leaves rejects open that healed': mapping((all) => all.map((reject) => ({ ...reject, state: 'open' }))),
  'resolves what was replayed, healed or not': mapping((all) =>
    all.map((reject) => (reject.lastSeen > reject.firstSeen ? { ...reject, state: 'resolved' } : reject)),
  ),
  'keeps the first faults': mapping((all) => {
    return all.map((reject) => ({ ...reject, faults: reject.lastSeen > reject.firstSeen ? [] : reject.faults }));
  }),
  'keeps a second reject of a row that is rejected again': mapping((all) =>
    all.flatMap((reject) =>
      reject.state === 'open' && reject.lastSeen > reject.firstSeen ? [reject, reject] : [reject],
    ),
  ),
  'passes over rejects that are settled': open(({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, {
          commit: (run: RunToCommit) => stage.commit(run).catch(() => stage.commit({ ...run, files: [] })),
        });
      },
    }),
  })),
  'takes a replay for a commit of its delivery': open(({ warehouse, history }) => ({
    warehouse: replaceMethods(warehouse, {
      committedHashes: async () => {
        const hashes = new Map<string, Set<string>>();
        for (const { runId } of await history.runs({ limit: 100 })) {
          for (const { key, contentHash } of (await history.run(runId))!.files)
            hashes.set(key, (hashes.get(key) ?? new Set()).add(contentHash));
        }
        return hashes;
      },
    }),
  })),
};

function open(spoil: (subject: RejectStoreSubject) => Partial<RejectStoreSubject>): Open<RejectStoreSubject> {
  return async () => {
    const warehouse = new InMemoryWarehouse();
    const subject = { store: warehouse, warehouse, history: warehouse, facts: warehouse };
    return { ...subject, ...spoil(subject), close: async () => {} };
  };
}

function reading(read: (store: RejectStore, query: RejectQuery) => AsyncIterable<readonly Reject[]>) {
  return open(({ store }) => ({ store: replaceMethods(store, { readRejects: (query) => read(store, query) }) }));
}

function counting(count: (store: RejectStore, filter: RejectFilter) => Promise<RejectCounts>) {
  return open(({ store }) => ({ store: replaceMethods(store, { countRejects: (filter) => count(store, filter) }) }));
}

function asking(change: (query: RejectQuery) => RejectQuery & RejectFilter): Open<RejectStoreSubject> {
  return reading((store, query) => store.readRejects(change(query)));
}

function paging(change: (pages: readonly (readonly Reject[])[]) => readonly (readonly Reject[])[]) {
  return reading(async function* (store, query) {
    yield* change(await collect(store.readRejects(query)));
  });
}

function mapping(change: (all: readonly Reject[]) => readonly Reject[]): Open<RejectStoreSubject> {
  return paging((pages) => [change(pages.flat())]);
}

function committing(change: (files: readonly FileToCommit[]) => readonly FileToCommit[]): Open<RejectStoreSubject> {
  return open(({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, {
      openStage: async (runId) => {
        const stage = await warehouse.openStage(runId);
        return replaceMethods(stage, {
          commit: (run: RunToCommit) => stage.commit({ ...run, files: change(run.files) }),
        });
      },
    }),
  }));
}
