import { policyHash } from '../policy/policy-hash.ts';
import { addBooks } from '../ports/books.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import type { FileProblem, FileReport, IngestReport } from '../ports/ingest-report.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import { PhaseTimes } from './phase-times.ts';
import { reportCommitted } from './report-file.ts';
import { RunIntake } from './run-intake.ts';
import { statusOfRun } from './status-of-run.ts';
import { takeAway } from './take-away.ts';
import { toRunProblem } from './to-run-problem.ts';

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

class IngestRun {
  private readonly ports: IngestPorts;
  private readonly options: IngestOptions;
  private readonly startedAt: number;
  private readonly phases: PhaseTimes;
  private readonly intake: RunIntake;

  constructor(ports: IngestPorts, options: IngestOptions) {
    this.ports = ports;
    this.options = options;
    this.startedAt = ports.clock.now();
    this.phases = new PhaseTimes(this.startedAt);
    this.intake = new RunIntake(ports, { ...options, onEvent: (event) => this.tell(event) });
  }

  async execute(): Promise<IngestReport> {
    const { runId, signal } = this.options;
    this.tell({ kind: 'run-started', runId, operation: 'ingest' });
    let report: IngestReport;
    try {
      await this.intake.read();
      await this.commit();
      report = await this.finish();
    } catch (error) {
      await this.recordFailure(error);
      this.tell({ kind: 'run-failed', problem: toRunProblem(error, signal), phases: this.phases.list() });
      throw error;
    } finally {
      await this.intake.close();
    }
    this.phases.end('moving', this.ports.clock.now());
    this.tell({ kind: 'run-ended', report, phases: this.phases.list() });
    return report;
  }

  private async commit(): Promise<void> {
    const { options, ports } = this;
    const { staged, stage, warnings } = this.intake;
    if (staged.length === 0) return;
    options.signal?.throwIfAborted();
    const committedAt = ports.clock.now();
    this.phases.end('reading', committedAt);
    this.tell({ kind: 'committing', files: staged.length });
    const { files } = await stage!.commit({
      runId: options.runId,
      startedAt: this.startedAt,
      committedAt,
      phases: this.phases.list(),
      policy: options.policy,
      policyHash: await policyHash(options.policy),
      warnings: warnings.list(),
      files: staged.map(({ read }) => read.file),
    });
    this.phases.end('committing', ports.clock.now());
    const byKey = new Map(files.map((file) => [file.key, file]));
    for (const { delivery, read } of staged) delivery.report = reportCommitted(read, byKey.get(read.file.key)!);
  }

  private async finish(): Promise<IngestReport> {
    const notMoved: { key: string; problem: FileProblem }[] = [];
    const files: FileReport[] = [];
    for (const { landed, report } of this.intake.deliveries) {
      const taken = await takeAway(landed, report!, this.ports);
      if (taken.problem !== undefined) notMoved.push({ key: landed.key, problem: taken.problem });
      const file = { ...report!, takenTo: taken.takenTo };
      files.push(file);
      this.tell({ kind: 'file-ended', file });
    }
    return {
      runId: this.options.runId,
      status: statusOfRun(files),
      files,
      totals: addBooks(files),
      archived: files.filter(({ takenTo }) => takenTo === 'archive').length,
      quarantined: files.filter(({ takenTo }) => takenTo === 'quarantine').length,
      notMoved,
      warnings: this.intake.warnings.list(),
    };
  }

  /** What cannot be recorded any more must not hide why the run failed. */
  private async recordFailure(error: unknown): Promise<void> {
    if (!this.intake.hasBegun || this.options.signal?.aborted === true) return;
    const failed = {
      runId: this.options.runId,
      startedAt: this.startedAt,
      failedAt: this.ports.clock.now(),
      policyHash: await policyHash(this.options.policy),
      error: error instanceof Error ? error.message : String(error),
    };
    await this.ports.warehouse.recordFailedRun(failed).catch(() => undefined);
  }

  private tell(event: IngestEvent): void {
    if (event.kind === 'listed') this.phases.end('listing', this.ports.clock.now());
    if (event.kind === 'dimensions-read') this.phases.end('dimensions', this.ports.clock.now());
    this.options.onEvent?.(event);
  }
}
