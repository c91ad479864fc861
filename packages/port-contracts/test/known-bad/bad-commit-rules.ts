import { compareVersions, decideUpsert, VERSION_FIELDS, type Version } from '@weir/core';
import { InMemoryWarehouse } from '@weir/core/testing';
import type { Open, WarehouseSubject } from '../../src/index.ts';
import { openWarehouse } from './warehouse-subject-of.ts';

/** Warehouses that decide wrongly which row wins, by what is wrong. */
export const BAD_COMMIT_RULES: Readonly<Record<string, Open<WarehouseSubject>>> = {
  'lets the last one win, whatever its version': withRules({
    compare: (a, b) => ({ order: 1, decidedBy: compareVersions(a, b).decidedBy }),
    decide: (stored, incoming, isEqual) => {
      const decision = decideUpsert(stored, incoming, isEqual);
      return decision.verdict === 'stale' ? { ...decision, verdict: 'updated', advancesVersion: true } : decision;
    },
  }),
  'keeps the first one, whatever its version': withRules({
    decide: (stored, incoming, isEqual) =>
      stored === undefined
        ? decideUpsert(stored, incoming, isEqual)
        : { verdict: 'stale', advancesVersion: false, decidedBy: undefined },
  }),
  'does not advance the version of an unchanged row': withRules({
    decide: (stored, incoming, isEqual) => {
      const decision = decideUpsert(stored, incoming, isEqual);
      return decision.verdict === 'unchanged' ? { ...decision, advancesVersion: false } : decision;
    },
  }),
  'calls an unchanged row updated': withRules({ decide: (stored, incoming) => decideUpsert(stored, incoming, false) }),
  'calls an older row with equal content unchanged': withRules({
    decide: (stored, incoming, isEqual) => {
      const decision = decideUpsert(stored, incoming, isEqual);
      return decision.verdict === 'stale' && isEqual ? { ...decision, verdict: 'unchanged' } : decision;
    },
  }),
  'writes an equal version again': withRules({
    decide: (stored, incoming, isEqual) => ({
      ...decideUpsert(stored, incoming, isEqual),
      ...(stored !== undefined && compareVersions(incoming, stored).order === 0 ? { advancesVersion: true } : {}),
    }),
  }),
  'keeps any row of a commit': withRules({ compare: (a, b) => ({ ...compareVersions(a, b), order: 0 }) }),
  'compares keys in the order of UTF-16': withRules(
    comparing((a, b) => compareKeys(a, b, (x, y) => (x < y ? -1 : x > y ? 1 : 0))),
  ),
  'compares keys in the order of a language': withRules(
    comparing((a, b) => compareKeys(a, b, new Intl.Collator('en').compare)),
  ),
  ...Object.fromEntries(
    VERSION_FIELDS.map((field) => [`ignores ${field}`, withRules(comparing((a, b) => compareWithout(field, a, b)))]),
  ),
};

function withRules(rules: ConstructorParameters<typeof InMemoryWarehouse>[0]): Open<WarehouseSubject> {
  return openWarehouse(() => new InMemoryWarehouse(rules));
}

/** Both steps of a commit with another comparison. */
function comparing(compare: typeof compareVersions): ConstructorParameters<typeof InMemoryWarehouse>[0] {
  return {
    compare,
    decide: (stored, incoming, isEqual) => {
      if (stored === undefined) return decideUpsert(stored, incoming, isEqual);
      const { order, decidedBy } = compare(incoming, stored);
      if (order > 0) return { verdict: isEqual ? 'unchanged' : 'updated', advancesVersion: true, decidedBy };
      return { verdict: order === 0 ? 'unchanged' : 'stale', advancesVersion: false, decidedBy };
    },
  };
}

function compareKeys(a: Version, b: Version, compare: (x: string, y: string) => number) {
  const comparison = compareVersions(a, b);
  return comparison.decidedBy === 'source_key'
    ? { ...comparison, order: compare(a.sourceKey, b.sourceKey) }
    : comparison;
}

function compareWithout(field: (typeof VERSION_FIELDS)[number], a: Version, b: Version) {
  const name = field.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return compareVersions({ ...a, [name]: b[name as keyof Version] }, b);
}
