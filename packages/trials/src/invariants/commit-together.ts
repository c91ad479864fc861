import type { FileRecord, Policy, RunRecord, Verdict } from '@weir/core';
import type { Observation } from './observation.ts';

/**
 * I2: facts, rejects, decisions and the ledger are of the same commits. Whatever names a run names one that was committed, and
 * what is there of each of its files is what its books count.
 */
export function checkCommitTogether(
  { facts, runs, rejects, decisions }: Pick<Observation, 'facts' | 'runs' | 'rejects' | 'decisions'>,
  { decisions: kept }: Pick<Policy, 'decisions'>,
): readonly string[] {
  const violations: string[] = [];
  const files = loadedFiles(runs);
  for (const fact of facts) {
    const file = files.get(idOf(fact.run_id, fact.source_key));
    if (file === undefined) {
      violations.push(
        `I2 the fact ${fact.transaction_id} names ${fact.source_key} of ${fact.run_id}, which loaded none`,
      );
    } else if (file.sourceDay !== fact.source_day || file.sourceModified !== fact.source_modified) {
      violations.push(`I2 the fact ${fact.transaction_id} has another day or time than ${fact.source_key} of its run`);
    }
  }

  const rejected = countBy(rejects, ({ run_id, source_key }) => idOf(run_id, source_key));
  const decided = countBy(decisions, ({ run_id, source_key, verdict }) => idOf(run_id, source_key, verdict));
  for (const [id, { status, books }] of files) {
    // A reject that is read again stays one of the run that stored it first.
    compare(violations, `rejects of ${id}`, take(rejected, id), status === 'replayed' ? 0 : books.rejected);
    for (const verdict of keptVerdicts(kept)) {
      const ofVerdict = idOf(...(JSON.parse(id) as string[]), verdict);
      compare(violations, `decisions of ${ofVerdict}`, take(decided, ofVerdict), books[verdict]);
    }
  }
  for (const id of rejected.keys()) violations.push(`I2 there are rejects of ${id}, which loaded none`);
  for (const id of decided.keys()) violations.push(`I2 there are decisions of ${id}, which decided none`);

  const inserted = runs.reduce((sum, { totals }) => sum + totals.inserted, 0);
  compare(violations, 'facts', facts.length, inserted);
  for (const { runId, status, files: entries } of runs) {
    if (status === 'failed' && entries.length > 0) violations.push(`I2 the failed run ${runId} has files`);
  }
  return violations;
}

function loadedFiles(runs: readonly RunRecord[]): ReadonlyMap<string, FileRecord> {
  const committed = runs.filter(({ status }) => status !== 'failed');
  return new Map(
    committed.flatMap(({ runId, files }) =>
      files
        .filter(({ status }) => status === 'loaded' || status === 'replayed')
        .map((file) => [idOf(runId, file.key), file] as const),
    ),
  );
}

function keptVerdicts(decisions: Policy['decisions']): readonly Verdict[] {
  if (decisions === 'none') return [];
  const changes: readonly Verdict[] = ['updated', 'stale', 'duplicate'];
  return decisions === 'all' ? ['inserted', 'unchanged', ...changes] : changes;
}

function idOf(...names: readonly string[]): string {
  return JSON.stringify(names);
}

function countBy<Item>(items: readonly Item[], id: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(id(item), (counts.get(id(item)) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, id: string): number {
  const count = counts.get(id) ?? 0;
  counts.delete(id);
  return count;
}

function compare(violations: string[], what: string, there: number, counted: number): void {
  if (there !== counted) violations.push(`I2 there are ${there} ${what}, but the books count ${counted}`);
}
