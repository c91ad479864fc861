import { policyHash } from '../../policy/policy-hash.ts';
import { addBooks } from '../../ports/books.ts';
import type { FileReport, IngestReport } from '../../ports/ingest-report.ts';
import { isPortError } from '../../ports/port-error.ts';
import type { Reject, RejectPlace } from '../../ports/reject-store.port.ts';
import type { CommittedFile, FileToCommit, Stage } from '../../ports/warehouse.port.ts';
import { PhaseTimes } from '../phase-times.ts';
import type { Dimensions } from '../read-dimensions.ts';
import { reportFile } from '../report-file.ts';
import { toRunProblem } from '../to-run-problem.ts';
import { DeliveryReplay, type FirstRejects, type ReplayOutcome } from './delivery-replay.ts';
import { LineBlocks } from './line-blocks.ts';
import type { ReplayOptions, ReplayPorts } from './replay-options.ts';

export const MOST_UNREADABLE_TOLD = 20;

interface ReplayedFile {
  readonly file: FileToCommit;
  readonly firstRejects: FirstRejects;
}

/** One run: open rejects of any number of deliveries, each key once, read again and committed in one transaction. */
export class ReplayRun {
  readonly outcomes: Record<ReplayOutcome, number> = { healed: 0, changed: 0, unchanged: 0, unreadable: 0 };
  readonly firstUnreadable: RejectPlace[] = [];
  /** The last reject that was taken. */
  last: Reject | undefined;
  private readonly ports: ReplayPorts;
  private readonly options: ReplayOptions;
  private readonly dimensions: Dimensions;
  private readonly runId: string;
  private readonly startedAt: number;
  private readonly phases: PhaseTimes;
  private readonly files: ReplayedFile[] = [];
  private readonly rows = new LineBlocks(async (block) => (await this.openStage()).writeRows(block));
  private readonly rejects = new LineBlocks(async (block) => (await this.openStage()).writeRejects(block));
  private stage: Stage | undefined;
  private delivery: DeliveryReplay | undefined;

  constructor(ports: ReplayPorts, options: ReplayOptions, dimensions: Dimensions, runId: string) {
    this.ports = ports;
    this.options = options;
    this.dimensions = dimensions;
    this.runId = runId;
    this.startedAt = ports.clock.now();
    this.phases = new PhaseTimes(this.startedAt);
  }

  /** Whether a reject may come behind those that were taken; of a key only one content fits in a run. */
  fits({ key, contentHash }: Reject): boolean {
    const { last } = this;
    return last === undefined || last.key !== key || last.contentHash === contentHash;
  }

  /** Rejects in the order of their places. */
  async take(reject: Reject): Promise<void> {
    const { last } = this;
    if (this.delivery === undefined || last?.key !== reject.key || last.contentHash !== reject.contentHash) {
      await this.endDelivery();
      const fileNo = this.files.length + 1;
      this.delivery = new DeliveryReplay(reject, fileNo, this.options.policy, this.dimensions);
    }
    this.last = reject;
    const outcome = this.delivery.take(reject);
    this.outcomes[outcome]++;
    if (outcome === 'unreadable' && this.firstUnreadable.length < MOST_UNREADABLE_TOLD) {
      const { key, contentHash, line } = reject;
      this.firstUnreadable.push({ key, contentHash, line });
    }
    for (const lines of this.delivery.takeRows()) await this.rows.add(lines);
    for (const lines of this.delivery.takeRejects()) await this.rejects.add(lines);
  }

  /** Undefined where nothing changes, and nothing was written therefore. */
  async commit(): Promise<IngestReport | undefined> {
    await this.endDelivery();
    await this.rows.flush();
    await this.rejects.flush();
    if (this.stage === undefined) return undefined;
    const { policy, signal, onEvent } = this.options;
    signal?.throwIfAborted();
    const committedAt = this.ports.clock.now();
    this.phases.end('reading', committedAt);
    onEvent?.({ kind: 'committing', files: this.files.length });
    const { files } = await this.stage.commit({
      runId: this.runId,
      startedAt: this.startedAt,
      committedAt,
      phases: this.phases.list(),
      policy,
      policyHash: await policyHash(policy),
      warnings: this.dimensions.warnings,
      files: this.files.map(({ file }) => file),
    });
    this.phases.end('committing', this.ports.clock.now());
    const report = this.report(files);
    for (const file of report.files) onEvent?.({ kind: 'file-ended', file });
    onEvent?.({ kind: 'run-ended', report, phases: this.phases.list() });
    return report;
  }

  /** A stage that cannot be dropped must not hide why the run ended. */
  async close(): Promise<void> {
    await this.stage?.close().catch(() => undefined);
  }

  /** Records and tells that the run failed, where it had begun. */
  async fail(error: unknown): Promise<void> {
    if (this.stage === undefined) return;
    const { signal, onEvent } = this.options;
    // Whoever settled its rejects first did the work: that is no failure to remember.
    const isSettled = isPortError(error) && error.code === 'warehouse.rejects-settled';
    if (!isSettled && signal?.aborted !== true) await this.recordFailure(error);
    onEvent?.({ kind: 'run-failed', problem: toRunProblem(error, signal), phases: this.phases.list() });
  }

  /** What cannot be recorded any more must not hide why the run failed. */
  private async recordFailure(error: unknown): Promise<void> {
    const { runId, startedAt } = this;
    const failed = { runId, startedAt, failedAt: this.ports.clock.now() };
    await this.ports.warehouse
      .recordFailedRun({
        ...failed,
        policyHash: await policyHash(this.options.policy),
        error: error instanceof Error ? error.message : String(error),
      })
      .catch(() => undefined);
  }

  private async endDelivery(): Promise<void> {
    const { delivery } = this;
    this.delivery = undefined;
    const replayed = delivery?.file();
    if (delivery === undefined || replayed === undefined) return;
    this.files.push(replayed);
    for (const lines of delivery.takeRows(true)) await this.rows.add(lines);
  }

  private async openStage(): Promise<Stage> {
    if (this.stage === undefined) {
      this.stage = await this.ports.warehouse.openStage(this.runId);
      this.options.onEvent?.({ kind: 'run-started', runId: this.runId, operation: 'replay' });
    }
    return this.stage;
  }

  private report(committed: readonly CommittedFile[]): IngestReport {
    const files = committed.map(({ key, status, books }, place): FileReport => {
      const { file, firstRejects } = this.files[place]!;
      const { contentHash, rejectsByCode } = file;
      return reportFile(key, status, { ...books, contentHash, rejectsByCode, firstRejects });
    });
    const totals = addBooks(files);
    return {
      runId: this.runId,
      status: totals.rejected > 0 ? 'succeeded-with-rejects' : 'succeeded',
      files,
      totals,
      archived: 0,
      quarantined: 0,
      notMoved: [],
      warnings: this.dimensions.warnings,
    };
  }
}
