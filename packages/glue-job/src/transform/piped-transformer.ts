import {
  type DeliveryToRead,
  type ReadDelivery,
  type Stage,
  type Transformed,
  type Transformer,
  type TransformWork,
  warnOfEmptyDimensions,
} from '@weir/core';
import type { DimensionSnapshot, Split, WorkerOrder } from '../protocol/split.ts';
import { toLine } from '../protocol/to-line.ts';
import { type VerifiedResults, verifyResults } from '../protocol/verify-results.ts';
import type { DeliveryLine, StagedPart } from '../protocol/worker-lines.ts';
import { partitionSplits } from './partition-splits.ts';
import type { Workers } from './workers.ts';

export interface PipedTransformerOptions {
  readonly workers: Workers;
  /** Where the workers find what they read, and put what they write. */
  readonly places: Pick<WorkerOrder, 'region' | 'landing' | 'staging'>;
  /** Writes both dimensions to the staging place, as they are now. */
  readonly snapshotDimensions: () => Promise<DimensionSnapshot>;
  readonly openStage: (runId: string) => Promise<AdoptingStage>;
}

/** A stage that takes over what workers wrote. */
export interface AdoptingStage extends Stage {
  /** @throws PortError where a part is not there as it was told */
  adopt(parts: readonly StagedPart[]): Promise<void>;
}

/**
 * Pipes deliveries through workers elsewhere. They read the landing place and write staged objects themselves: neither
 * bytes nor rows come through here. Whatever they tell is checked before it counts.
 */
export class PipedTransformer implements Transformer {
  readonly #options: PipedTransformerOptions;

  constructor(options: PipedTransformerOptions) {
    this.#options = options;
  }

  async transform(work: TransformWork): Promise<Transformed> {
    const { workers } = this.#options;
    work.signal?.throwIfAborted();
    const partitions = partitionSplits(work.deliveries.map(toSplit), workers.parallelism);
    for (const { key, size } of work.deliveries.map(({ landed }) => landed)) {
      work.onEvent?.({ kind: 'file-started', key, size });
    }
    const results = await this.#ask(partitions, work);
    const deliveries = work.deliveries.map(({ fileNo }) => toReadDelivery(results.deliveries.get(fileNo)!));
    const dimensions = results.trailers.find((trailer) => trailer.dimensions !== undefined)?.dimensions;
    tellWhatWasRead(deliveries, dimensions, work);
    const isStaged = deliveries.some(({ kind }) => kind === 'staged');
    return {
      stage: isStaged ? await this.#adopt(results, work) : undefined,
      deliveries,
      warnings: dimensions === undefined ? [] : warnOfEmptyDimensions(dimensions),
    };
  }

  async #ask(partitions: readonly (readonly Split[])[], work: TransformWork): Promise<VerifiedResults> {
    const { workers, places, snapshotDimensions } = this.#options;
    const { policy, batchSize, signal } = work;
    const dimensions = await snapshotDimensions();
    signal?.throwIfAborted();
    const order: WorkerOrder = { kind: 'order', ...places, policy, batchSize, dimensions };
    const first = toLine(order);
    const lines = await workers.run(
      partitions.map((splits) => [first, ...splits.map(toLine)]),
      signal,
    );
    signal?.throwIfAborted();
    return verifyResults(partitions, lines, places.staging.prefix);
  }

  async #adopt({ deliveries }: VerifiedResults, { runId, signal }: TransformWork): Promise<Stage> {
    const stage = await this.#options.openStage(runId);
    try {
      const lines = [...deliveries.values()].toSorted((a, b) => a.fileNo - b.fileNo);
      await stage.adopt(lines.flatMap(({ outcome }) => (outcome.kind === 'staged' ? outcome.parts : [])));
      signal?.throwIfAborted();
      return stage;
    } catch (error) {
      // A stage that cannot be dropped must not hide why the transform ended.
      await stage.close().catch(() => undefined);
      throw error;
    }
  }
}

function toSplit({ fileNo, landed, committed }: DeliveryToRead): Split {
  const { key, size, modifiedAt, version } = landed;
  return { kind: 'split', fileNo, landed: { key, size, modifiedAt, version }, committed };
}

function toReadDelivery({ fileNo, outcome }: DeliveryLine): ReadDelivery {
  if (outcome.kind === 'known') return { ...outcome, fileNo };
  if (outcome.kind === 'failed') {
    const { code, message, remedy } = outcome.problem;
    return { kind: 'failed', fileNo, problem: { code, message, remedy } };
  }
  const { file, ignoredColumns, firstRejects } = outcome;
  return { kind: 'staged', fileNo, file: { ...file, refusal: file.refusal }, ignoredColumns, firstRejects };
}

function tellWhatWasRead(
  deliveries: readonly ReadDelivery[],
  dimensions: { readonly products: number; readonly customers: number } | undefined,
  { onEvent }: TransformWork,
): void {
  if (dimensions !== undefined) onEvent?.({ kind: 'dimensions-read', ...dimensions });
  for (const read of deliveries) {
    if (read.kind !== 'staged') continue;
    const { key, read: rows, rejected } = read.file;
    onEvent?.({ kind: 'file-read', key, rows, rejected });
  }
}
