import { FAULTS, type FaultCode, FILE_REFUSAL_CODES } from '@weir/core';
import * as z from 'zod';
import { landedFile } from './split.ts';

/** What a worker prints: one `delivery` a split, then a `trailer`; a `fault` in place of all that is missing. */
export type WorkerLine = z.output<typeof workerOutputLine>;
export type DeliveryLine = Extract<WorkerLine, { kind: 'delivery' }>;
export type TrailerLine = Extract<WorkerLine, { kind: 'trailer' }>;
export type FaultLine = Extract<WorkerLine, { kind: 'fault' }>;
export type StagedPart = z.output<typeof stagedPart>;

const count = z.int().nonnegative();
const contentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const faultCode = z.enum(FAULTS.map(({ code }) => code) as [FaultCode, ...FaultCode[]]);
const byFault = z.partialRecord(faultCode, z.int().positive());
const optionalText = z.string().optional();

const fileToCommit = z.strictObject({
  fileNo: z.int().positive(),
  key: z.string(),
  contentHash,
  status: z.enum(['loaded', 'empty', 'refused']),
  refusal: z.strictObject({ code: z.enum(FILE_REFUSAL_CODES), message: z.string() }).optional(),
  size: count,
  sourceDay: day,
  sourceModified: z.int(),
  header: z.string(),
  read: count,
  blankLines: count,
  rejected: count,
  rejectsByCode: byFault,
});

/** Some staged lines, as one object of the staging bucket. */
const stagedPart = z.strictObject({
  table: z.enum(['rows', 'rejects']),
  key: z.string().min(1),
  /** Of the object, which is compressed. */
  bytes: z.int().positive(),
  lines: z.int().positive(),
  /** SHA-256 of the object in base64. */
  checksum: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});

const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), contentHash }),
  z.strictObject({
    kind: z.literal('staged'),
    file: fileToCommit,
    ignoredColumns: z.array(z.string()).readonly(),
    firstRejects: byFault,
    parts: z.array(stagedPart).readonly(),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    problem: z.strictObject({ code: z.string(), message: z.string(), remedy: optionalText }),
  }),
]);

export const workerOutputLine = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delivery'), fileNo: z.int().positive(), landed: landedFile, outcome }),
  z.strictObject({
    kind: z.literal('trailer'),
    deliveries: count,
    /** Lines in all parts. */
    rows: count,
    rejects: count,
    /** Rows of the dimensions; undefined where they were not needed. */
    dimensions: z.strictObject({ products: count, customers: count }).optional(),
    /** Where it ran, for the log. */
    machine: z.string(),
  }),
  z.strictObject({
    kind: z.literal('fault'),
    code: z.string(),
    message: z.string(),
    remedy: optionalText,
    retryable: z.boolean(),
  }),
]);
