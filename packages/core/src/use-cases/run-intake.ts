import { isTransactionKey } from '../intake/is-transaction-key.ts';
import type { FileReport } from '../ports/ingest-report.ts';
import type { LandedFile } from '../ports/landing-zone.port.ts';
import type { ReadDelivery } from '../ports/transformer.port.ts';
import type { Stage } from '../ports/warehouse.port.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import { reportFile, type StagedDelivery } from './report-file.ts';
import { RunWarnings } from './run-warnings.ts';

export type IntakePorts = Pick<IngestPorts, 'landing' | 'transformer'> & {
  readonly warehouse: Pick<IngestPorts['warehouse'], 'committedHashes'>;
};

/** A delivery on its way through a run. */
export interface Delivery {
  readonly landed: LandedFile;
  report: FileReport | undefined;
}

/** The first half of a run: what landed and is not yet processed is read, checked, enriched and staged. */
export class RunIntake {
  readonly warnings = new RunWarnings();
  /** All that landed; those that are not staged have their report. */
  deliveries: readonly Delivery[] = [];
  readonly staged: { delivery: Delivery; read: StagedDelivery }[] = [];
  /** Holds the rows of what is staged. */
  stage: Stage | undefined;
  /** Whether there was anything to read. */
  hasBegun = false;
  private readonly ports: IntakePorts;
  private readonly options: IngestOptions;

  constructor(ports: IntakePorts, options: IngestOptions) {
    this.ports = ports;
    this.options = options;
  }

  /** @throws PortError, or the signal's reason */
  async read(): Promise<void> {
    this.deliveries = await this.list();
    await this.transform();
  }

  /** A stage that cannot be dropped must hide neither the report nor why the run failed. */
  async close(): Promise<void> {
    try {
      await this.stage?.close();
    } catch {}
  }

  private async list(): Promise<readonly Delivery[]> {
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
    const bytes = landed.reduce((sum, file) => sum + file.size, 0);
    this.options.onEvent?.({ kind: 'listed', files: landed.length, bytes });
    return landed.map((file) => ({ landed: file, report: undefined }));
  }

  private async transform(): Promise<void> {
    const { transformer, warehouse } = this.ports;
    const { runId, policy, batchSize, signal, onEvent } = this.options;
    const { deliveries } = this;
    const hashes = await warehouse.committedHashes(deliveries.map(({ landed }) => landed.key));
    if (deliveries.length === 0) return;
    this.hasBegun = true;
    const transformed = await transformer.transform({
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
    this.stage = transformed.stage;
    for (const warning of transformed.warnings) this.warnings.add(warning);
    for (const [place, read] of transformed.deliveries.entries()) this.take(deliveries[place]!, read);
  }

  private take(delivery: Delivery, read: ReadDelivery): void {
    const { key } = delivery.landed;
    if (read.kind === 'staged') {
      this.warnings.addFile(read.file, read.ignoredColumns);
      this.staged.push({ delivery, read });
    } else if (read.kind === 'known') {
      delivery.report = reportFile(key, 'already-loaded', { contentHash: read.contentHash });
    } else {
      delivery.report = reportFile(key, 'failed', { problem: read.problem });
    }
  }
}
