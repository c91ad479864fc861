import type { Policy } from '../policy/policy.ts';
import type { Fact } from '../ports/fact-reader.port.ts';
import { PortError } from '../ports/port-error.ts';
import type { FileRecord, RunRecord } from '../ports/run-history.port.ts';
import type { CommittedFile, FileToCommit, RunToCommit } from '../ports/warehouse.port.ts';
import { CONTENT_COLUMNS, decideUpsert } from '../rules/decide-upsert.ts';
import type { Verdict } from '../rules/verdict.ts';
import { compareVersions } from '../rules/version.ts';
import { versionOf } from '../rules/version-of.ts';
import type { StagedReject } from './build-staged-reject.ts';
import type { StagedRow } from './build-staged-row.ts';
import { hasStagedRows, toCommittedFile, toFileRecord, toRunRecord } from './in-memory-books.ts';
import { type KeptDecision, toKeptDecision } from './in-memory-decisions.ts';
import { requireOpenRejects, settleReplayed } from './in-memory-replay.ts';
import { type IncomingRow, type JudgedRow, toFact, toStoredRow, toWinner, versionOfRow } from './incoming-row.ts';
import type { StoredReject } from './stored-rows.ts';

/** All that an in-memory warehouse holds; replaced as a whole by a commit. */
export interface WarehouseContent {
  readonly facts: ReadonlyMap<string, Fact>;
  /** By transaction, the run that brought its fact into being. */
  readonly insertedBy: ReadonlyMap<string, string>;
  /** Oldest first. */
  readonly runs: readonly RunRecord[];
  readonly rejects: readonly StoredReject[];
  readonly decisions: readonly KeptDecision[];
}

/** The steps of a commit that decide; a test may hand over wrong ones on purpose. */
export interface CommitRules {
  readonly compare: typeof compareVersions;
  readonly decide: typeof decideUpsert;
}

export const COMMIT_RULES: CommitRules = { compare: compareVersions, decide: decideUpsert };

export interface StagedContent {
  readonly rows: readonly StagedRow[];
  readonly rejects: readonly StagedReject[];
}

/**
 * The warehouse after the commit of a run: a function of what was there before and what the stage holds.
 *
 * @throws PortError `warehouse.count-mismatch`, `warehouse.rejects-settled`, `warehouse.run-exists`
 */
export function applyCommit(
  before: WarehouseContent,
  run: RunToCommit,
  staged: StagedContent,
  rules: CommitRules,
): { after: WarehouseContent; files: readonly CommittedFile[] } {
  requireNewRun(before, run);
  const files = run.files.filter((file) => file.status === 'replayed' || !wasCommitted(before, file));
  const loaded = new Map(files.filter(hasStagedRows).map((file) => [file.fileNo, file]));
  const rows = staged.rows.filter((row) => loaded.has(row.file_no));
  const rejects = staged.rejects.filter((reject) => loaded.has(reject.file_no));
  for (const file of loaded.values()) requireCounts(file, rows, rejects);
  requireOpenRejects(before.rejects, files, rows, rejects);

  const { winners, duplicates } = collapse(rows, loaded, run.policy, rules);
  const facts = new Map(before.facts);
  const insertedBy = new Map(before.insertedBy);
  const judged = [...duplicates];
  for (const incoming of winners) {
    const stored = facts.get(incoming.row.transaction_id);
    const fact = toFact(incoming.row, incoming.file, run.runId);
    const decision = rules.decide(
      stored === undefined ? undefined : versionOf(stored, run.policy),
      incoming.version,
      stored !== undefined && CONTENT_COLUMNS.every((column) => stored[column] === fact[column]),
    );
    if (decision.advancesVersion) facts.set(fact.transaction_id, fact);
    if (stored === undefined) insertedBy.set(fact.transaction_id, run.runId);
    const { verdict, decidedBy } = decision;
    judged.push({ ...incoming, verdict, decidedBy, other: stored === undefined ? undefined : toStoredRow(stored) });
  }

  const record = toRunRecord(
    run,
    files.map((file) => toFileRecord(file, judged)),
  );
  return {
    after: {
      facts,
      insertedBy,
      runs: [...before.runs, record],
      rejects: [
        ...settleReplayed(before.rejects, files, rows, rejects, run.committedAt),
        ...rejects
          .filter((reject) => loaded.get(reject.file_no)!.status === 'loaded')
          .map((reject) => toStoredReject(reject, loaded, run)),
      ],
      decisions: [
        ...before.decisions,
        ...judged.filter((row) => isKept(row.verdict, run.policy)).map(toKeptDecision(run)),
      ],
    },
    files: run.files.map((file) => toCommittedFile(file, record.files[files.indexOf(file)])),
  };
}

function requireNewRun(before: WarehouseContent, run: RunToCommit): void {
  if (!before.runs.some(({ runId }) => runId === run.runId)) return;
  throw new PortError({
    code: 'warehouse.run-exists',
    message: `The run ${run.runId} is recorded already, so nothing was committed.`,
    context: { runId: run.runId },
  });
}

function wasCommitted(before: WarehouseContent, { key, contentHash }: FileToCommit): boolean {
  return before.runs.some((run) =>
    run.files.some((file) => file.key === key && file.contentHash === contentHash && isProcessed(file)),
  );
}

/** Whether such an entry makes a delivery one that was committed. */
export function isProcessed({ status }: Pick<FileRecord, 'status'>): boolean {
  return status === 'loaded' || status === 'empty';
}

function requireCounts(file: FileToCommit, rows: readonly StagedRow[], rejects: readonly StagedReject[]): void {
  const stagedRows = rows.filter((row) => row.file_no === file.fileNo).length;
  const stagedRejects = rejects.filter((reject) => reject.file_no === file.fileNo).length;
  if (stagedRows === file.read - file.rejected && stagedRejects === file.rejected) return;
  throw new PortError({
    code: 'warehouse.count-mismatch',
    message: `The stage holds ${stagedRows} rows and ${stagedRejects} rejects of ${file.key}, but ${file.read} rows were read and ${file.rejected} rejected; nothing was committed.`,
    context: { key: file.key, read: file.read, rejected: file.rejected, stagedRows, stagedRejects },
  });
}

function collapse(
  rows: readonly StagedRow[],
  files: ReadonlyMap<number, FileToCommit>,
  policy: Policy,
  { compare }: CommitRules,
): { winners: Iterable<IncomingRow>; duplicates: readonly JudgedRow[] } {
  const winners = new Map<string, IncomingRow>();
  const losers: IncomingRow[] = [];
  for (const row of rows) {
    const file = files.get(row.file_no)!;
    const incoming = { row, file, version: versionOfRow(row, file, policy) };
    const best = winners.get(row.transaction_id);
    const wins = best === undefined || compare(incoming.version, best.version).order > 0;
    if (wins) winners.set(row.transaction_id, incoming);
    if (best !== undefined) losers.push(wins ? best : incoming);
  }
  const duplicates = losers.map((loser) => {
    const winner = winners.get(loser.row.transaction_id)!;
    const { decidedBy } = compare(winner.version, loser.version);
    return { ...loser, verdict: 'duplicate' as const, decidedBy, other: toWinner(winner) };
  });
  return { winners: winners.values(), duplicates };
}

function isKept(verdict: Verdict, policy: Policy): boolean {
  if (policy.decisions === 'changes') return verdict !== 'inserted' && verdict !== 'unchanged';
  return policy.decisions === 'all';
}

function toStoredReject(
  { file_no, ...reject }: StagedReject,
  files: ReadonlyMap<number, FileToCommit>,
  { runId, committedAt }: RunToCommit,
): StoredReject {
  const { key, contentHash, header } = files.get(file_no)!;
  return {
    ...reject,
    run_id: runId,
    source_key: key,
    content_hash: contentHash,
    header,
    state: 'open',
    first_seen: committedAt,
    last_seen: committedAt,
  };
}
