import type { DeliveryToRead } from '@weir/core';
import * as z from 'zod';

/** What every worker of a run is told first, in one line. */
export interface WorkerOrder {
  readonly kind: 'order';
  readonly region: string;
  readonly landing: { readonly bucket: string; readonly folder: string };
  readonly staging: { readonly bucket: string; readonly prefix: string };
  /** As `policySchema` reads it. */
  readonly policy: unknown;
  readonly batchSize: number | undefined;
  readonly dimensions: DimensionSnapshot;
}

/** Both dimensions as they were when the run began: keys of the staging bucket, whole lines of staged text below each. */
export interface DimensionSnapshot {
  readonly products: readonly string[];
  readonly customers: readonly string[];
}

/** The unit of work: one delivery. The rest of a worker's lines are of this kind. */
export interface Split extends DeliveryToRead {
  readonly kind: 'split';
}

const keys = z.array(z.string().min(1));
const count = z.int().nonnegative();

export const landedFile = z.strictObject({
  key: z.string().min(1),
  size: count,
  modifiedAt: z.int(),
  version: z.string(),
});

export const workerLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('order'),
    region: z.string(),
    landing: z.strictObject({ bucket: z.string(), folder: z.string() }),
    staging: z.strictObject({ bucket: z.string(), prefix: z.string().min(1) }),
    policy: z.unknown(),
    batchSize: z.int().positive().optional(),
    dimensions: z.strictObject({ products: keys, customers: keys }),
  }),
  z.strictObject({
    kind: z.literal('split'),
    fileNo: z.int().positive(),
    landed: landedFile,
    committed: z.array(z.string()),
  }),
]);
