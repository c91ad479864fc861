import type { Policy } from '../policy/policy.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import type { LandedContent, LandedFile, LandingZone } from '../ports/landing-zone.port.ts';
import { isPortError } from '../ports/port-error.ts';
import type { RowWorkers } from '../ports/row-workers.port.ts';
import type { DeliveryToRead, ReadDelivery } from '../ports/transformer.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { StageWriter } from '../ports/warehouse.port.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';
import { hashContent } from './archive/hash-content.ts';
import { toProblem } from './report-file.ts';
import { transformFile } from './transform-file.ts';

export interface DeliverySurroundings {
  readonly landing: Pick<LandingZone, 'open'>;
  readonly unpacker: Unpacker;
  readonly policy: Policy;
  /** Where the rows go. Asked for once a delivery, when it is known to be new: nobody opens what is not needed. */
  readonly openTarget: () => Promise<DeliveryTarget>;
  /** Rows between validation and join, from 1. */
  readonly batchSize?: number | undefined;
  /** Without them this thread reads all rows. */
  readonly workers?: RowWorkers | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: IngestEvent) => void) | undefined;
}

export interface DeliveryTarget {
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  readonly writer: StageWriter;
}

/**
 * Reads one delivery to its end and stages its rows, unless the same bytes were committed before. The same delivery,
 * dimensions and policy give the same lines, wherever and however often it is read.
 *
 * @returns `failed` where the landing place could not give the file: lines that were written until then count for nothing
 * @throws any other PortError, or the signal's reason
 */
export async function readDelivery(
  delivery: DeliveryToRead,
  surroundings: DeliverySurroundings,
): Promise<ReadDelivery> {
  const { landed, fileNo, committed } = delivery;
  surroundings.onEvent?.({ kind: 'file-started', key: landed.key, size: landed.size });
  try {
    if (committed.length > 0) {
      const { landing, signal } = surroundings;
      const contentHash = await hashContent(landing, landed, () => signal?.throwIfAborted());
      if (committed.includes(contentHash)) return { kind: 'known', fileNo, contentHash };
    }
    return await stageFile(delivery, surroundings);
  } catch (error) {
    // Faults of the landing place are about this file; all others are about the run.
    if (!isPortError(error) || !error.code.startsWith('landing.')) throw error;
    return { kind: 'failed', fileNo, problem: toProblem(error) };
  }
}

async function stageFile(
  { landed, fileNo }: DeliveryToRead,
  surroundings: DeliverySurroundings,
): Promise<ReadDelivery> {
  const { landing, unpacker, policy, batchSize, workers, signal, onEvent } = surroundings;
  const { key } = landed;
  const { products, customers, writer } = await surroundings.openTarget();
  const transformed = await withContent(landing, landed, (content) =>
    transformFile(landed, content, fileNo, writer, {
      unpacker,
      policy,
      products,
      customers,
      batchSize,
      workers,
      signal,
      onProgress: (bytes, rows) => onEvent?.({ kind: 'file-progress', key, bytes, rows }),
    }),
  );
  const { read: rows, rejected } = transformed.file;
  onEvent?.({ kind: 'file-read', key, rows, rejected });
  return { kind: 'staged', fileNo, ...transformed };
}

async function withContent<T>(
  landing: Pick<LandingZone, 'open'>,
  landed: LandedFile,
  use: (content: LandedContent) => Promise<T>,
): Promise<T> {
  const content = await landing.open(landed);
  try {
    return await use(content);
  } finally {
    await content.close();
  }
}
