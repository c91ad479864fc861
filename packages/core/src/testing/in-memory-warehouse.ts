import type { Policy } from '../policy/policy.ts';
import { EMPTY_BOOKS } from '../ports/books.ts';
import type { DayRange } from '../ports/day-range.ts';
import { type Decision, type DecisionLog, MOST_DECISIONS } from '../ports/decision-log.port.ts';
import type { DeliveryDay, DeliveryLog, FileQuery, LoggedFile } from '../ports/delivery-log.port.ts';
import type { AmountTotal, Fact, FactReader, TotalsQuery } from '../ports/fact-reader.port.ts';
import type { Reject, RejectCounts, RejectFilter, RejectQuery, RejectStore } from '../ports/reject-store.port.ts';
import type { HistoryTotals, RunHistory, RunQuery, RunRecord, RunSummary } from '../ports/run-history.port.ts';
import type { RunUndo, UndoStage, UndoStep } from '../ports/run-undo.port.ts';
import type { FailedRun, Stage, Warehouse } from '../ports/warehouse.port.ts';
import { compareUtf8 } from '../rules/version.ts';
import { addRuns } from './add-runs.ts';
import { decodeStagedRows } from './decode-stage.ts';
import { applyCommit, COMMIT_RULES, type CommitRules, isProcessed, type WarehouseContent } from './in-memory-commit.ts';
import { compareDecisions, toStoredDecision } from './in-memory-decisions.ts';
import { findFiles, sumDays } from './in-memory-deliveries.ts';
import { previewCommit } from './in-memory-preview.ts';
import { countRejects, findRejects } from './in-memory-rejects.ts';
import { findRuns } from './in-memory-runs.ts';
import { InMemoryStage } from './in-memory-stage.ts';
import { addAmounts } from './in-memory-totals.ts';
import { applyUndo } from './in-memory-undo.ts';
import { InMemoryUndoStage } from './in-memory-undo-stage.ts';
import { listUndoSteps } from './in-memory-undo-steps.ts';
import type { StoredDecision, StoredReject } from './stored-rows.ts';

const FACTS_A_BATCH = 1000;
const MOST_A_PAGE = 100;

/** The whole warehouse in one value, which a commit replaces in one step: nobody sees half of a run. */
export class InMemoryWarehouse
  implements Warehouse, RunHistory, DeliveryLog, FactReader, DecisionLog, RejectStore, RunUndo
{
  readonly #rules: CommitRules;
  #content: WarehouseContent = { facts: new Map(), insertedBy: new Map(), runs: [], rejects: [], decisions: [] };

  /** @param rules steps of the commit to be replaced, for warehouses that are wrong on purpose */
  constructor(rules: Partial<CommitRules> = {}) {
    this.#rules = { ...COMMIT_RULES, ...rules };
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const wanted = new Set(keys);
    const hashes = new Map<string, Set<string>>();
    for (const file of this.#content.runs.flatMap((run) => run.files)) {
      const { key, contentHash } = file;
      if (!isProcessed(file) || !wanted.has(key)) continue;
      hashes.set(key, (hashes.get(key) ?? new Set()).add(contentHash));
    }
    return hashes;
  }

  async openStage(_runId: string): Promise<Stage> {
    return new InMemoryStage({
      commit: (run, staged) => {
        const { after, files } = applyCommit(this.#content, run, staged, this.#rules);
        this.#content = after;
        return { files };
      },
      preview: (run, staged) => previewCommit(this.#content, run, staged, this.#rules),
    });
  }

  async recordFailedRun({ runId, startedAt, failedAt, policyHash, error }: FailedRun): Promise<void> {
    if (this.#content.runs.some((run) => run.runId === runId)) return;
    const record: RunRecord = {
      runId,
      status: 'failed',
      startedAt,
      finishedAt: failedAt,
      undoneAt: undefined,
      policyHash,
      totals: EMPTY_BOOKS,
      phases: {},
      files: [],
      warnings: [],
      error,
    };
    this.#content = { ...this.#content, runs: [...this.#content.runs, record] };
  }

  async runs(query: RunQuery): Promise<readonly RunSummary[]> {
    return findRuns(this.#content, query);
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    return this.#content.runs.find((run) => run.runId === runId);
  }

  async *files(query: FileQuery): AsyncIterable<readonly LoggedFile[]> {
    yield* inPages(findFiles(this.#content, query), MOST_A_PAGE);
  }

  async days(range: DayRange): Promise<readonly DeliveryDay[]> {
    return sumDays(this.#content, range);
  }

  async sumUp(): Promise<HistoryTotals> {
    return addRuns(this.#content.runs, this.#content.rejects);
  }

  async openRejects(): Promise<number> {
    return (await this.sumUp()).openRejects;
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    const facts = [...this.#content.facts.values()].sort((a, b) => compareUtf8(a.transaction_id, b.transaction_id));
    yield* inPages(facts, FACTS_A_BATCH);
  }

  async totals({ runId }: TotalsQuery): Promise<readonly AmountTotal[]> {
    const facts = [...this.#content.facts.values()];
    return addAmounts(runId === undefined ? facts : facts.filter((fact) => fact.run_id === runId));
  }

  async fact(transactionId: string): Promise<Fact | undefined> {
    return this.#content.facts.get(transactionId);
  }

  async decisionsAbout(transactionId: string): Promise<readonly Decision[]> {
    const kept = this.#content.decisions.filter((decision) => decision.transactionId === transactionId);
    const undoneAt = new Map(this.#content.runs.map((run) => [run.runId, run.undoneAt]));
    return kept
      .toSorted(compareDecisions)
      .slice(-MOST_DECISIONS)
      .map(({ transactionId: _, ...decision }) => ({ ...decision, undoneAt: undoneAt.get(decision.runId) }));
  }

  async *readRejects(query: RejectQuery): AsyncIterable<readonly Reject[]> {
    const found = findRejects(this.#content, query).map(({ reject }) => reject);
    yield* inPages(found, MOST_A_PAGE);
  }

  async countRejects(filter: RejectFilter): Promise<RejectCounts> {
    return countRejects(this.#content, filter);
  }

  async dismissRejects(filter: RejectFilter): Promise<number> {
    const isOpen = filter.state === undefined || filter.state === 'open';
    const found = new Set(isOpen ? findRejects(this.#content, { ...filter, state: 'open' }).map(({ row }) => row) : []);
    const rejects = this.#content.rejects.map((row) =>
      found.has(row) ? { ...row, state: 'dismissed' as const } : row,
    );
    this.#content = { ...this.#content, rejects };
    return found.size;
  }

  async *steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]> {
    yield* inPages(listUndoSteps(this.#content, runId, policy), MOST_A_PAGE);
  }

  async openUndo(_runId: string): Promise<UndoStage> {
    return new InMemoryUndoStage((undo, rows) => {
      this.#content = applyUndo(this.#content, undo, rows.flatMap(decodeStagedRows));
    });
  }

  async rejects(): Promise<readonly StoredReject[]> {
    return this.#content.rejects;
  }

  async decisions(): Promise<readonly StoredDecision[]> {
    return this.#content.decisions.map(toStoredDecision);
  }
}

function* inPages<Entry>(entries: readonly Entry[], most: number): Iterable<readonly Entry[]> {
  for (let i = 0; i < entries.length; i += most) yield entries.slice(i, i + most);
}
