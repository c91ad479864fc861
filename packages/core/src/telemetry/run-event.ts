import * as z from 'zod';
import { RUN_OPERATIONS, type ToldPhases } from '../ports/ingest-event.ts';
import { FAULTS } from '../rules/faults.ts';

/** Raised where a member is renamed, removed or changes its meaning; members are added without. */
export const RUN_EVENT_VERSION = 1;

const count = z.int().min(0);

const books = z.object({
  read: count,
  inserted: count,
  updated: count,
  unchanged: count,
  stale: count,
  duplicate: count,
  rejected: count,
});

const problem = z.object({ code: z.string(), message: z.string(), remedy: z.string().nullable() });

const fileStatus = z.enum(['loaded', 'already-loaded', 'empty', 'refused', 'replayed', 'failed']);

/** A file's end; its members are those of a file in the report. */
const file = books.extend({
  key: z.string(),
  status: fileStatus,
  contentHash: z.string().nullable(),
  rejectsByCode: z.partialRecord(z.enum(FAULTS.map(({ code }) => code)), count),
  problem: problem.nullable(),
  takenTo: z.enum(['archive', 'quarantine']).nullable(),
});

function event<const Kind extends string, Members extends z.ZodRawShape>(kind: Kind, members: Members) {
  return z.object({
    version: z.literal(RUN_EVENT_VERSION),
    /** When it was told. */
    time: z.iso.datetime(),
    runId: z.string(),
    kind: z.literal(kind),
    ...members,
  });
}

/**
 * What a run tells to programs, an event a line. It holds keys, counts, codes and sentences of Weir's own; never a value of
 * a row. A run tells `run-started` first and `run-ended` last, unless it is killed; where it is taken back later, `undo-started` and
 * `undo-ended`.
 */
export const runEventSchema = z
  .discriminatedUnion('kind', [
    event('run-started', { operation: z.enum(RUN_OPERATIONS) }),
    event('listed', { files: count, bytes: count }),
    event('dimensions-read', { products: count, customers: count }),
    event('file-started', { key: z.string(), size: count }),
    event('file-progress', { key: z.string(), bytes: count, rows: count }),
    event('file-read', { key: z.string(), rows: count, rejected: count }),
    event('committing', { files: count }),
    event('file-ended', { file }),
    event('run-ended', {
      status: z.enum(['succeeded', 'succeeded-with-rejects', 'failed']),
      /** Why the run as a whole failed; then nothing of it is visible, and `totals` are zero. */
      error: problem.nullable(),
      totals: books,
      /** Number of files that ended so. */
      files: z.partialRecord(fileStatus, count),
      archived: count,
      quarantined: count,
      notMoved: count,
      warnings: z.array(z.string()).readonly(),
      /** Milliseconds of the phases that came to their end. */
      phases: z.partialRecord(
        z.enum(['listing', 'dimensions', 'reading', 'committing', 'moving'] satisfies (keyof ToldPhases)[]),
        z.number().min(0),
      ),
    }),
    event('undo-started', {}),
    event('undo-ended', {
      /** Why it failed; then nothing was changed, and all counts are zero. */
      error: problem.nullable(),
      undoneAt: z.iso.datetime().nullable(),
      facts: count,
      restored: count,
      deleted: count,
      left: count,
      replaced: count,
    }),
    event('retrying', { attempt: z.int().min(2), reason: z.string() }),
  ])
  .meta({ title: 'An event of a run of Weir' });

export type RunEvent = z.infer<typeof runEventSchema>;

/** The same as a JSON schema, as it is published in docs/run-event.schema.json. */
export function runEventJsonSchema() {
  return z.toJSONSchema(runEventSchema, { io: 'input' });
}
