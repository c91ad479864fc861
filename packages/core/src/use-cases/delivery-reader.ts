import type { LandedContent, LandedFile } from '../ports/landing-zone.port.ts';
import type { FileToCommit, Stage } from '../ports/warehouse.port.ts';
import { buildDimensionIndex } from '../staging/build-dimension-index.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';
import { DEFAULT_BATCH_SIZE } from '../staging/row-path.ts';
import type { IngestOptions, IngestPorts } from './ingest-options.ts';
import type { RunWarnings } from './run-warnings.ts';
import { transformFile } from './transform-file.ts';

export type ReadDelivery =
  /** Committed before, with the same bytes: nothing of it was staged. */
  | { readonly kind: 'known'; readonly contentHash: string }
  /** Its rows lie in the stage. */
  | { readonly kind: 'staged'; readonly file: FileToCommit };

/** Reads the deliveries of one run into its stage. What a run may not need is opened when it is first needed. */
export class DeliveryReader {
  /** Undefined as long as nothing was new. */
  stage: Stage | undefined;

  private readonly ports: IngestPorts;
  private readonly options: IngestOptions;
  private readonly warnings: RunWarnings;
  private dimensions: { products: DimensionIndex; customers: DimensionIndex } | undefined;
  private lastFileNo = 0;

  constructor(ports: IngestPorts, options: IngestOptions, warnings: RunWarnings) {
    this.ports = ports;
    this.options = options;
    this.warnings = warnings;
  }

  /** `committed` are the hashes under which the key was committed before. */
  async read(landed: LandedFile, committed: ReadonlySet<string> | undefined): Promise<ReadDelivery> {
    this.options.onEvent?.({ kind: 'file-started', key: landed.key, size: landed.size });
    if (committed !== undefined) {
      const contentHash = await this.hash(landed);
      if (committed.has(contentHash)) return { kind: 'known', contentHash };
    }
    return { kind: 'staged', file: await this.stageFile(landed) };
  }

  private async stageFile(landed: LandedFile): Promise<FileToCommit> {
    const { ports, options } = this;
    const { policy, batchSize = DEFAULT_BATCH_SIZE, signal, onEvent } = options;
    const { key } = landed;
    const dimensions = await this.readDimensions();
    this.stage ??= await ports.warehouse.openStage(options.runId);
    const { stage } = this;
    // Never given twice: a file that failed half-way leaves staged lines under its number.
    const fileNo = ++this.lastFileNo;
    const { file, ignoredColumns } = await this.withContent(landed, (content) =>
      transformFile(landed, content, fileNo, stage, {
        unpacker: ports.unpacker,
        policy,
        ...dimensions,
        batchSize,
        signal,
        onProgress: (bytes, rows) => onEvent?.({ kind: 'file-progress', key, bytes, rows }),
      }),
    );
    this.warnings.addFile(file, ignoredColumns);
    onEvent?.({ kind: 'file-read', key, rows: file.read, rejected: file.rejected });
    return file;
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

  private async readDimensions(): Promise<{ products: DimensionIndex; customers: DimensionIndex }> {
    if (this.dimensions === undefined) {
      const { dimensions } = this.ports;
      const products = await buildDimensionIndex(dimensions.read('products'));
      const customers = await buildDimensionIndex(dimensions.read('customers'));
      if (products.size === 0) this.warnings.add('dim_products is empty: every row is rejected as product-unknown');
      if (customers.size === 0) this.warnings.add('dim_customers is empty: every row is rejected as customer-unknown');
      this.options.onEvent?.({ kind: 'dimensions-read', products: products.size, customers: customers.size });
      this.dimensions = { products, customers };
    }
    return this.dimensions;
  }
}
