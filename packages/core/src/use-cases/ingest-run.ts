import { isTransactionKey } from '../intake/is-transaction-key.ts';
import type { Policy } from '../policy/policy.ts';
import { policyHash } from '../policy/policy-hash.ts';
import type { Clock } from '../ports/clock.port.ts';
import type { DimensionCatalog } from '../ports/dimension-catalog.port.ts';
import type { Archive, Quarantine } from '../ports/file-store.port.ts';
import type { LandedContent, LandedFile, LandingZone } from '../ports/landing-zone.port.ts';
import { isPortError } from '../ports/port-error.ts';
import type { RunStatus } from '../ports/run-history.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { CommittedFile, FileToCommit, Stage, Warehouse } from '../ports/warehouse.port.ts';
import { buildDimensionIndex } from '../staging/build-dimension-index.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';
import { DEFAULT_BATCH_SIZE } from '../staging/row-path.ts';
import type { IngestEvent } from './ingest-event.ts';
import { addBooks, EMPTY_BOOKS, type FileProblem, type FileReport, type IngestReport } from './ingest-report.ts';
import { takeAway } from './take-away.ts';
import { transformFile } from './transform-file.ts';

export interface IngestPorts {
  readonly landing: LandingZone;
  /** Without one, committed files stay where they are. */
  readonly archive?: Archive | undefined;
  /** Without one, refused files stay where they are. */
  readonly quarantine?: Quarantine | undefined;
  readonly warehouse: Warehouse;
  readonly dimensions: DimensionCatalog;
  readonly unpacker: Unpacker;
  readonly clock: Clock;
}

export interface IngestOptions {
  /** Unique among all runs. */
  readonly runId: string;
  readonly policy: Policy;
  /** Rows between validation and join, from 1. */
  readonly batchSize?: number | undefined;
  /** Takes only some of the files. */
  readonly wants?: ((file: LandedFile) => boolean) | undefined;
  /** Ends the run before its commit; then nothing of it is visible. A commit that has begun is seen to its end. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: IngestEvent) => void) | undefined;
}

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
  private readonly warnings: string[] = [];
  private readonly ignoredColumns = new Set<string>();
  private readonly toCommit: { delivery: Delivery; file: FileToCommit }[] = [];
  private lastFileNo = 0;
  private stage: Stage | undefined;
  private dimensions: { products: DimensionIndex; customers: DimensionIndex } | undefined;

  constructor(ports: IngestPorts, options: IngestOptions) {
    this.ports = ports;
    this.options = options;
    this.startedAt = ports.clock.now();
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

  /** A stage that cannot be dropped must hide neither the report nor why the run failed. */
  private async closeStage(): Promise<void> {
    try {
      await this.stage?.close();
    } catch {}
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
      this.warnings.push(`${others} file(s) in ${landing.location} are not named .csv or .csv.gz: left alone`);
    this.tell({ kind: 'listed', files: landed.length, bytes: landed.reduce((sum, file) => sum + file.size, 0) });
    return landed.map((file) => ({ landed: file, report: undefined }));
  }

  private async readAll(deliveries: readonly Delivery[]): Promise<void> {
    const hashes = await this.ports.warehouse.committedHashes(deliveries.map(({ landed }) => landed.key));
    for (const delivery of deliveries) {
      this.options.signal?.throwIfAborted();
      try {
        await this.read(delivery, hashes.get(delivery.landed.key));
      } catch (error) {
        // Faults of the landing place are about this file; all others are about the run.
        if (!isPortError(error) || !error.code.startsWith('landing.')) throw error;
        delivery.report = fileReport(delivery.landed.key, 'failed', { problem: toProblem(error) });
      }
    }
  }

  private async read(delivery: Delivery, committed: ReadonlySet<string> | undefined): Promise<void> {
    const { landed } = delivery;
    this.tell({ kind: 'file-started', key: landed.key, size: landed.size });
    if (committed !== undefined) {
      const contentHash = await this.hash(landed);
      if (committed.has(contentHash)) {
        delivery.report = fileReport(landed.key, 'already-loaded', { contentHash });
        return;
      }
    }
    const dimensions = await this.readDimensions();
    this.stage ??= await this.ports.warehouse.openStage(this.options.runId);
    const { stage } = this;
    // Never given twice: a file that failed half-way leaves staged lines under its number.
    const fileNo = ++this.lastFileNo;
    const { policy, batchSize = DEFAULT_BATCH_SIZE, signal } = this.options;
    const { file, ignoredColumns } = await this.withContent(landed, (content) =>
      transformFile(landed, content, fileNo, stage, {
        unpacker: this.ports.unpacker,
        policy,
        ...dimensions,
        batchSize,
        signal,
        onProgress: (bytes, rows) => this.tell({ kind: 'file-progress', key: landed.key, bytes, rows }),
      }),
    );
    for (const column of ignoredColumns) this.ignoredColumns.add(column);
    this.toCommit.push({ delivery, file });
    this.tell({ kind: 'file-read', key: landed.key, rows: file.read, rejected: file.rejected });
  }

  private hash(landed: LandedFile): Promise<string> {
    return this.withContent(landed, async (content) => {
      for await (const _ of content.chunks) this.options.signal?.throwIfAborted();
      return content.contentHash();
    });
  }

  private async withContent<T>(landed: LandedFile, use: (content: LandedContent) => Promise<T>): Promise<T> {
    const content = await this.ports.landing.open(landed);
    try {
      return await use(content);
    } finally {
      await content.close();
    }
  }

  /** Read once a run, and only where there is something to join. */
  private async readDimensions(): Promise<{ products: DimensionIndex; customers: DimensionIndex }> {
    if (this.dimensions === undefined) {
      const { dimensions } = this.ports;
      const products = await buildDimensionIndex(dimensions.read('products'));
      const customers = await buildDimensionIndex(dimensions.read('customers'));
      if (products.size === 0) this.warnings.push('dim_products is empty: every row is rejected as product-unknown');
      if (customers.size === 0) this.warnings.push('dim_customers is empty: every row is rejected as customer-unknown');
      this.tell({ kind: 'dimensions-read', products: products.size, customers: customers.size });
      this.dimensions = { products, customers };
    }
    return this.dimensions;
  }

  private async commit(): Promise<void> {
    const { stage, toCommit, options, ports } = this;
    this.warnings.push(...nameIgnoredColumns(this.ignoredColumns));
    this.warnings.push(...nameEmptyFiles(toCommit.map(({ file }) => file)));
    if (stage === undefined || toCommit.length === 0) return;
    options.signal?.throwIfAborted();
    this.tell({ kind: 'committing', files: toCommit.length });
    const { files } = await stage.commit({
      runId: options.runId,
      startedAt: this.startedAt,
      committedAt: ports.clock.now(),
      policy: options.policy,
      policyHash: await policyHash(options.policy),
      warnings: this.warnings,
      files: toCommit.map(({ file }) => file),
    });
    const byKey = new Map(files.map((file) => [file.key, file]));
    for (const { delivery, file } of toCommit) delivery.report = committedReport(file, byKey.get(file.key)!);
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
      warnings: this.warnings,
    };
  }

  /** What cannot be recorded any more must not hide why the run failed. */
  private async recordFailure(error: unknown): Promise<void> {
    if (this.stage === undefined || this.options.signal?.aborted === true) return;
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
    this.options.onEvent?.(event);
  }
}

function committedReport(file: FileToCommit, committed: CommittedFile): FileReport {
  const isLoaded = committed.status === 'loaded';
  return fileReport(file.key, committed.status, {
    ...committed.books,
    contentHash: file.contentHash,
    rejectsByCode: isLoaded ? file.rejectsByCode : {},
    problem: file.refusal === undefined ? undefined : { ...file.refusal, remedy: undefined },
  });
}

function fileReport(key: string, status: FileReport['status'], known: Partial<FileReport>): FileReport {
  return {
    key,
    status,
    ...EMPTY_BOOKS,
    contentHash: undefined,
    rejectsByCode: {},
    problem: undefined,
    takenTo: undefined,
    ...known,
  };
}

export function toProblem(error: { code: string; message: string; remedy: string | undefined }): FileProblem {
  return { code: error.code, message: error.message, remedy: error.remedy };
}

function statusOf(files: readonly FileReport[]): RunStatus {
  if (files.some(({ status }) => status === 'failed')) return 'failed';
  const hasRejects = files.some(({ status, rejected }) => status === 'refused' || rejected > 0);
  return hasRejects ? 'succeeded-with-rejects' : 'succeeded';
}

function nameIgnoredColumns(columns: ReadonlySet<string>): string[] {
  const names = [...columns].map((name) => name.slice(0, 64));
  return names.length === 0 ? [] : [`ignored columns that the rules do not know: ${listNames(names)}`];
}

function nameEmptyFiles(files: readonly FileToCommit[]): string[] {
  const keys = files.filter(({ status }) => status === 'empty').map(({ key }) => key);
  return keys.length === 0 ? [] : [`${keys.length} file(s) hold no rows: ${listNames(keys)}`];
}

/** Names come from outside: as JSON they cannot break a line of a log. */
function listNames(names: readonly string[]): string {
  const first = names.slice(0, 20).map((name) => JSON.stringify(name));
  return `${first.join(', ')}${names.length > first.length ? ` and ${names.length - first.length} more` : ''}`;
}
