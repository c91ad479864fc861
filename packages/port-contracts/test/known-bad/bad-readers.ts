import type { AmountTotal, Fact } from '@weir/core';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

/** Fact readers and histories that are wrong on purpose. */
export const BAD_FACT_READERS: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'gives an empty table a row': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        const batches = await collect(facts.facts());
        yield* batches.length > 0 ? batches : [[{} as Fact]];
      },
    }),
  })),
  'reads in the order of UTF-16': sorting((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  'reads in the order of a language': sorting(new Intl.Collator('en').compare),
  'reads in no order': sorting(() => 0),
  'reads the first batch only': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        for await (const batch of facts.facts()) return yield batch;
      },
    }),
  })),
  'reads all at once': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        yield (await collect(facts.facts())).flat();
      },
    }),
  })),
  'takes the letter case of an id for nothing': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, { fact: (id) => facts.fact(id.toUpperCase()) }),
  })),
  'tells the day of a fact only': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      fact: async (id) => {
        const fact = await facts.fact(id);
        return fact && { ...fact, source_modified: 0 };
      },
    }),
  })),
  'reads what is committed meanwhile': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        for (let b = 0; ; b++) {
          const batches = await collect(facts.facts());
          if (batches[b] === undefined) return;
          yield batches[b];
        }
      },
    }),
  })),
  'tells a total where there is no fact': telling((totals) =>
    totals.length > 0 ? totals : [{ day: '1970-01-01', amountClass: '', transactions: 0, amount: '0.00' }],
  ),
  'tells totals in no order': telling((totals) => totals.toReversed()),
  'tells totals in the order of a language': telling((totals) =>
    totals.toSorted((a, b) => (a.day + a.amountClass).localeCompare(b.day + b.amountClass, 'en')),
  ),
  'adds up floats': telling((totals) => totals.map((total) => ({ ...total, amount: Number(total.amount).toFixed(2) }))),
  'adds up all runs': openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, { totals: () => facts.totals({}) }),
  })),
};

export const BAD_HISTORIES: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'fails where a run is unknown': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        if (run === undefined) throw new Error('There is no such run.');
        return run;
      },
    }),
  })),
  'takes the books of the first file for the totals': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run === undefined ? run : { ...run, totals: run.files[0]?.books ?? run.totals };
      },
    }),
  })),
  'lists the oldest run first': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      runs: async ({ limit }) => (await history.runs({ limit: 1000 })).toReversed().slice(0, limit),
    }),
  })),
  'begins at the newest run, whatever place is given': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, { runs: ({ before: _, ...query }) => history.runs(query) }),
  })),
  'passes over runs that started at once': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      runs: ({ before, ...query }) =>
        history.runs(before === undefined ? query : { ...query, before: { ...before, runId: '' } }),
    }),
  })),
  'lists runs however they ended': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, { runs: ({ statuses: _, ...query }) => history.runs(query) }),
  })),
  'lists every run, whatever the limit': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, { runs: (query) => history.runs({ ...query, limit: 1000 }) }),
  })),
  'tells seconds': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      runs: async (query) =>
        (await history.runs(query)).map((run) => ({ ...run, startedAt: Math.floor(run.startedAt / 1000) * 1000 })),
    }),
  })),
  'does not know failed runs': openWarehouse(undefined, ({ warehouse }) => ({
    warehouse: replaceMethods(warehouse, { recordFailedRun: async () => {} }),
  })),
  'calls every run succeeded': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run === undefined ? run : { ...run, status: 'succeeded' };
      },
    }),
  })),
  'adds up the newest run only': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      sumUp: async () => {
        const [newest] = await history.runs({ limit: 1 });
        const totals = await history.sumUp();
        return newest === undefined ? totals : { ...totals, rows: newest.totals };
      },
    }),
  })),
  'counts no reject as open': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, { openRejects: async () => 0 }),
  })),
  'tells of a success where there was none': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      sumUp: async () => {
        const totals = await history.sumUp();
        return { ...totals, lastSuccessAt: totals.lastSuccessAt ?? 0 };
      },
    }),
  })),
  'takes a failed run for the last success': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      sumUp: async () => ({
        ...(await history.sumUp()),
        lastSuccessAt: (await history.runs({ limit: 1 }))[0]?.finishedAt,
      }),
    }),
  })),
  'forgets the counts by code': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run === undefined ? run : { ...run, files: run.files.map((file) => ({ ...file, rejectsByCode: {} })) };
      },
    }),
  })),
  'measures no phase': openWarehouse(undefined, ({ history }) => ({
    history: replaceMethods(history, {
      run: async (runId) => {
        const run = await history.run(runId);
        return run === undefined ? run : { ...run, phases: {} };
      },
    }),
  })),
  'calls a committed run failed when told so': openWarehouse(undefined, ({ warehouse, history }) => {
    const failed = new Set<string>();
    return {
      warehouse: replaceMethods(warehouse, {
        recordFailedRun: async (run) => {
          failed.add(run.runId);
          return warehouse.recordFailedRun(run);
        },
      }),
      history: replaceMethods(history, {
        run: async (runId) => {
          const run = await history.run(runId);
          return run === undefined || !failed.has(runId) ? run : { ...run, status: 'failed' };
        },
      }),
    };
  }),
};

function telling(change: (totals: readonly AmountTotal[]) => readonly AmountTotal[]): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, { totals: async (query) => change(await facts.totals(query)) }),
  }));
}

function sorting(compare: (a: string, b: string) => number): Open<WarehouseSubject> {
  return openWarehouse(undefined, ({ facts }) => ({
    facts: replaceMethods(facts, {
      async *facts() {
        const all: Fact[] = (await collect(facts.facts())).flat();
        // A heap table gives rows back in the order in which they were written, which tests write backwards.
        all.reverse();
        all.sort((a, b) => compare(a.transaction_id, b.transaction_id));
        for (let i = 0; i < all.length; i += 1000) yield all.slice(i, i + 1000);
      },
    }),
  }));
}
