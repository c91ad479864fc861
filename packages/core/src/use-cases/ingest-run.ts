import { isTransactionKey } from '../intake/is-transaction-key.ts';
import { policyHash } from '../policy/policy-hash.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import { addBooks, type FileProblem, type FileReport, type IngestReport } from '../ports/ingest-report.ts';
import type { LandedFile } from '../ports/landing-zone.port.ts';
import type { RunStatus } from '../ports/run-history.port.ts';
import type { ReadDelivery } from '../ports/transformer.port.ts';
import type { Stage } from '../ports/warehouse.port.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import { reportCommitted, reportFile, type StagedDelivery } from './report-file.ts';
import { RunWarnings } from './run-warnings.ts';
import { takeAway } from './take-away.ts';

/**
 * One run: everything in the landing place that is not yet processed is read, checked, enriched and committed in one
 * transaction; after the commit the files are taken to the archive or the quarantine. May be killed and repeated at any
 * point.
 *
 * @throws PortError where the run as a whole failed (it is then recorded as failed, where that is possible), or the
 * signal's reason
 */
export async function ingestRun(ports: IngestPorts, options: IngestOptions): Promise<IngestReport> {
  const run = new IngestRun(ports, options);
  return run.execute();
}

/** A delivery on its way through the run. */
interface Delivery {
  readonly landed: LandedFile;
  report: FileReport | undefined;
}

class IngestRun {
  private readonly ports: IngestPorts;
  private readonly options: IngestOptions;
  private readonly startedAt: number;
  private readonly warnings = new RunWarnings();
  private readonly toCommit: { delivery: Delivery; read: StagedDelivery }[] = [];
  private stage: Stage | undefined;
  private hasBegun = false;

  constructor(ports: IngestPorts, options: IngestOptions) {
    this.ports = ports;
    this.options = options;
    this.startedAt = ports.clock.now();
  }

  async execute(): Promise<IngestReport> {
    try {
      const deliveries = await this.list();
      await this.transform(deliveries);
      await this.commit();
      return await this.finish(deliveries);
    } catch (error) {
      await this.recordFailure(error);
      throw error;
    } finally {
      await this.closeStage();
    }
  }

  private async list(): Promise<Delivery[]> {
    const { landing } = this.ports;
    const landed: LandedFile[] = [];
    let others = 0;
    for await (const page of landing.list()) {
      for (const file of page) {
        if (!isTransactionKey(file.key)) others++;
        else if (this.options.wants?.(file) ?? true) landed.push(file);
      }
    }
    if (others > 0)
      this.warnings.add(`${others} file(s) in ${landing.location} are not named .csv or .csv.gz: left alone`);
    this.tell({ kind: 'listed', files: landed.length, bytes: landed.reduce((sum, file) => sum + file.size, 0) });
    return landed.map((file) => ({ landed: file, report: undefined }));
  }

  private async transform(deliveries: readonly Delivery[]): Promise<void> {
    const { transformer, warehouse } = this.ports;
    const { runId, policy, batchSize, signal, onEvent } = this.options;
    const hashes = await warehouse.committedHashes(deliveries.map(({ landed }) => landed.key));
    if (deliveries.length === 0) return;
    this.hasBegun = true;
    const {
      stage,
      deliveries: outcomes,
      warnings,
    } = await transformer.transform({
      runId,
      policy,
      batchSize,
      signal,
      onEvent,
      deliveries: deliveries.map(({ landed }, place) => ({
        fileNo: place + 1,
        landed,
        committed: [...(hashes.get(landed.key) ?? [])],
      })),
    });
    this.stage = stage;
    for (const warning of warnings) this.warnings.add(warning);
    for (const [place, read] of outcomes.entries()) this.take(deliveries[place]!, read);
  }

  private take(delivery: Delivery, read: ReadDelivery): void {
    const { key } = delivery.landed;
    if (read.kind === 'staged') {
      this.warnings.addFile(read.file, read.ignoredColumns);
      this.toCommit.push({ delivery, read });
    } else if (read.kind === 'known') {
      delivery.report = reportFile(key, 'already-loaded', { contentHash: read.contentHash });
    } else {
      delivery.report = reportFile(key, 'failed', { problem: read.problem });
    }
  }

  private async commit(): Promise<void> {
    const { toCommit, options, ports, stage } = this;
    if (toCommit.length === 0) return;
    options.signal?.throwIfAborted();
    this.tell({ kind: 'committing', files: toCommit.length });
    const { files } = await stage!.commit({
      runId: options.runId,
      startedAt: this.startedAt,
      committedAt: ports.clock.now(),
      policy: options.policy,
      policyHash: await policyHash(options.policy),
      warnings: this.warnings.list(),
      files: toCommit.map(({ read }) => read.file),
    });
    const byKey = new Map(files.map((file) => [file.key, file]));
    for (const { delivery, read } of toCommit) delivery.report = reportCommitted(read, byKey.get(read.file.key)!);
  }

  private async finish(deliveries: readonly Delivery[]): Promise<IngestReport> {
    const notMoved: { key: string; problem: FileProblem }[] = [];
    const files: FileReport[] = [];
    for (const { landed, report } of deliveries) {
      const taken = await takeAway(landed, report!, this.ports);
      if (taken.problem !== undefined) notMoved.push({ key: landed.key, problem: taken.problem });
      const file = { ...report!, takenTo: taken.takenTo };
      files.push(file);
      this.tell({ kind: 'file-ended', file });
    }
    return {
      runId: this.options.runId,
      status: statusOf(files),
      files,
      totals: addBooks(files),
      archived: files.filter(({ takenTo }) => takenTo === 'archive').length,
      quarantined: files.filter(({ takenTo }) => takenTo === 'quarantine').length,
      notMoved,
      warnings: this.warnings.list(),
    };
  }

  /** What cannot be recorded any more must not hide why the run failed. */
  private async recordFailure(error: unknown): Promise<void> {
    if (!this.hasBegun || this.options.signal?.aborted === true) return;
    const failed = {
      runId: this.options.runId,
      startedAt: this.startedAt,
      failedAt: this.ports.clock.now(),
      policyHash: await policyHash(this.options.policy),
      error: error instanceof Error ? error.message : String(error),
    };
    await this.ports.warehouse.recordFailedRun(failed).catch(() => undefined);
  }

  /** A stage that cannot be dropped must hide neither the report nor why the run failed. */
  private async closeStage(): Promise<void> {
    try {
      await this.stage?.close();
    } catch {}
  }

  private tell(event: IngestEvent): void {
    this.options.onEvent?.(event);
  }
}

function statusOf(files: readonly FileReport[]): RunStatus {
  if (files.some(({ status }) => status === 'failed')) return 'failed';
  const hasRejects = files.some(({ status, rejected }) => status === 'refused' || rejected > 0);
  return hasRejects ? 'succeeded-with-rejects' : 'succeeded';
}
