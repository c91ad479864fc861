import { addBooks, type Books } from '../ports/books.ts';
import type { FileReport } from '../ports/ingest-report.ts';
import type { RunStatus } from '../ports/run-history.port.ts';
import type { PreviewedChange, PreviewedReject, PreviewedRun } from '../ports/warehouse.port.ts';
import type { IngestOptions } from './ingest-options.ts';
import { reportCommitted } from './report-file.ts';
import { type IntakePorts, RunIntake } from './run-intake.ts';
import { statusOfRun } from './status-of-run.ts';

export interface PreviewOptions extends IngestOptions {
  /** Rejects and changes of each file that are told; whole, from 0. */
  readonly examples: number;
  /** The rows are read, and are being compared with what is stored. */
  readonly onCompare?: ((files: number) => void) | undefined;
}

/** What a run would do now. */
export interface RunPreview {
  /** With which the run would end. */
  readonly status: RunStatus;
  /** As the report of a run; `takenTo` is undefined. */
  readonly files: readonly FilePreview[];
  readonly totals: Books;
  readonly warnings: readonly string[];
}

export interface FilePreview extends FileReport {
  /** The first rows that would be rejected. */
  readonly rejects: readonly PreviewedReject[];
  /** The first rows that would be updated. */
  readonly changes: readonly PreviewedChange[];
}

const NOTHING: PreviewedRun = { files: [], rejects: [], changes: [] };

/**
 * A run as `ingestRun` would do it, up to its verdicts. Nothing is written that anybody could see, and no file is moved.
 *
 * @throws PortError, or the signal's reason
 */
export async function previewRun(ports: IntakePorts, options: PreviewOptions): Promise<RunPreview> {
  const intake = new RunIntake(ports, options);
  try {
    await intake.read();
    const { rejects, changes } = await compare(intake, options);
    const rejectsOf = Map.groupBy(rejects, ({ key }) => key);
    const changesOf = Map.groupBy(changes, ({ key }) => key);
    const files = intake.deliveries.map(({ landed: { key }, report }) => ({
      ...report!,
      rejects: rejectsOf.get(key) ?? [],
      changes: changesOf.get(key) ?? [],
    }));
    return { status: statusOfRun(files), files, totals: addBooks(files), warnings: intake.warnings.list() };
  } finally {
    await intake.close();
  }
}

async function compare({ staged, stage }: RunIntake, options: PreviewOptions): Promise<PreviewedRun> {
  if (staged.length === 0) return NOTHING;
  const { signal, policy, examples } = options;
  signal?.throwIfAborted();
  options.onCompare?.(staged.length);
  const files = staged.map(({ read }) => read.file);
  const previewed = await unlessAborted(stage!.preview({ policy, files, examples }), signal);
  const byKey = new Map(previewed.files.map((file) => [file.key, file]));
  for (const { delivery, read } of staged) delivery.report = reportCommitted(read, byKey.get(read.file.key)!);
  return previewed;
}

/** Nobody needs the end of a preview that is not waited for: its stage is closed under it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal!.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
