import { isTransactionKey } from '../intake/is-transaction-key.ts';
import { policyHash } from '../policy/policy-hash.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import { addBooks, type FileProblem, type FileReport, type IngestReport } from '../ports/ingest-report.ts';
import type { LandedFile } from '../ports/landing-zone.port.ts';
import { isPortError } from '../ports/port-error.ts';
import type { RunStatus } from '../ports/run-history.port.ts';
import type { FileToCommit } from '../ports/warehouse.port.ts';
import { DeliveryReader } from './delivery-reader.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import { reportCommitted, reportFile, toProblem } from './report-file.ts';
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
  private readonly reader: DeliveryReader;
  private readonly toCommit: { delivery: Delivery; file: FileToCommit }[] = [];

  constructor(ports: IngestPorts, options: IngestOptions) {
    this.ports = ports;
    this.options = options;
    this.startedAt = ports.clock.now();
    this.reader = new DeliveryReader(ports, options, this.warnings);
  }

  async execute(): Promise<IngestReport> {
    try {
      const deliveries = await this.list();
      await this.readAll(deliveries);
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

  private async readAll(deliveries: readonly Delivery[]): Promise<void> {
    const hashes = await this.ports.warehouse.committedHashes(deliveries.map(({ landed }) => landed.key));
    for (const delivery of deliveries) {
      const { key } = delivery.landed;
      this.options.signal?.throwIfAborted();
      try {
        const read = await this.reader.read(delivery.landed, hashes.get(key));
        if (read.kind === 'staged') this.toCommit.push({ delivery, file: read.file });
        else delivery.report = reportFile(key, 'already-loaded', { contentHash: read.contentHash });
      } catch (error) {
        // Faults of the landing place are about this file; all others are about the run.
        if (!isPortError(error) || !error.code.startsWith('landing.')) throw error;
        delivery.report = reportFile(key, 'failed', { problem: toProblem(error) });
      }
    }
  }

  private async commit(): Promise<void> {
    const { toCommit, options, ports } = this;
    const { stage } = this.reader;
    if (stage === undefined || toCommit.length === 0) return;
    options.signal?.throwIfAborted();
    this.tell({ kind: 'committing', files: toCommit.length });
    const { files } = await stage.commit({
      runId: options.runId,
      startedAt: this.startedAt,
      committedAt: ports.clock.now(),
      policy: options.policy,
      policyHash: await policyHash(options.policy),
      warnings: this.warnings.list(),
      files: toCommit.map(({ file }) => file),
    });
    const byKey = new Map(files.map((file) => [file.key, file]));
    for (const { delivery, file } of toCommit) delivery.report = reportCommitted(file, byKey.get(file.key)!);
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
    if (this.reader.stage === undefined || this.options.signal?.aborted === true) return;
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
      await this.reader.stage?.close();
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
