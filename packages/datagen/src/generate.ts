import { join, resolve } from 'node:path';
import { startOfDay } from './calendar.ts';
import { DatagenError } from './datagen-error.ts';
import { type Delivery, planDeliveries } from './delivery-plan.ts';
import type { ExpectedResult, FileFigures } from './expected-result.ts';
import { FileSink } from './file-sink.ts';
import { Generation, type GenerationOutcome } from './generation.ts';
import type { GenerationOptions } from './generation-options.ts';
import { refuseForeignFiles } from './landing-guard.ts';
import { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { writeDimensions } from './write-dimensions.ts';

/** What was generated. Paths are absolute. */
export interface GenerationReport {
  /** Holds `transactions/year=.../...`. */
  readonly landing: string;
  /** Holds `products.csv` and `customers.csv`. */
  readonly dimensions: string;
  readonly expectedPath: string;
  /** The content of the file at `expectedPath`. */
  readonly expected: ExpectedResult;
  /** Data rows in all files of the landing place. */
  readonly rows: number;
  /** Bytes of these files on disk. */
  readonly bytes: number;
  readonly files: readonly GeneratedFile[];
}

export interface GeneratedFile {
  readonly kind: Delivery['kind'];
  /** Path below the landing place, with slashes. */
  readonly key: string;
  /** ISO 8601, UTC; also the modification time of the file. */
  readonly modified: string;
  readonly read: number;
  readonly rejected: number;
}

/**
 * Writes a landing place with one file a day, repeated and corrected files where asked for, the two dimensions, and
 * `expected.json`, the result of ingesting all of it once into empty tables. The same options give the same bytes and
 * modification times (for gzip files with the same version of Node). Running again with the same options into the same
 * folder writes the same files anew.
 *
 * Life of a transaction: it begins on a day with one row; changes of its status come as further rows in the files of
 * later days. Such a row is dated either on the original day or on the day of the change, half and half.
 *
 * @throws DatagenError `datagen.wrong-option`, `datagen.folder-in-use` (`landing` holds files of somebody else), or
 * `datagen.cannot-write`; and the signal's reason when aborted.
 */
export async function generate(options: GenerationOptions): Promise<GenerationReport> {
  const resolved = resolveOptions(options);
  const out = resolve(options.out);
  const landing = join(out, 'landing');
  const dimensions = join(out, 'dimensions');
  const expectedPath = join(out, 'expected.json');
  const plan = planDeliveries(resolved).landing;
  const { onProgress, signal } = options;
  return explainFailure(out, async () => {
    const keys = plan.map(({ key }) => key);
    refuseForeignFiles(landing, keys);
    const task = { options: resolved, ingested: plan, written: plan, folder: landing, onProgress, signal };
    const outcome = await new Generation(task).run();
    const { shop, texts } = outcome.world;
    await writeDimensions(dimensions, shop, startOfDay(texts.firstDay), signal);
    const expected = expectedOf(resolved, plan, outcome);
    writeJson(expectedPath, expected);
    const files = plan.map((delivery) => describe(delivery, outcome));
    return { landing, dimensions, expectedPath, expected, rows: expected.read, bytes: outcome.bytes, files };
  });
}

/** Sums up the files that are read. */
export function expectedOf(
  options: ResolvedOptions,
  deliveries: readonly Delivery[],
  { files, figures }: GenerationOutcome,
): ExpectedResult {
  const rejectsByCode = new Map<string, number>();
  for (const delivery of deliveries) {
    for (const [code, count] of files.get(delivery)?.codes ?? []) {
      rejectsByCode.set(code, (rejectsByCode.get(code) ?? 0) + count);
    }
  }
  const byKey = deliveries.map((delivery) => [delivery.key, figuresOf(files.get(delivery))] as const);
  byKey.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    read: byKey.reduce((sum, [, { read }]) => sum + read, 0),
    rejected: byKey.reduce((sum, [, { rejected }]) => sum + rejected, 0),
    rejects_by_code: Object.fromEntries([...rejectsByCode].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...figures,
    files: Object.fromEntries(byKey),
    seed: options.seed,
    options,
  };
}

export function writeJson(path: string, value: unknown): void {
  const sink = new FileSink({ path });
  sink.chunk(Buffer.from(`${JSON.stringify(value, null, 1)}\n`));
  sink.close();
}

/** Turns refusals of the operating system into sentences; everything else passes through. */
export async function explainFailure<T>(out: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isRefusal(cause)) throw cause;
    throw new DatagenError({
      code: 'datagen.cannot-write',
      what: 'Generating data stopped',
      where: cause.path ?? out,
      why: `the operating system refused: ${cause.message}`,
      remedy: 'Check that the folder can be written and that the disk has room, then run again.',
      cause,
    });
  }
}

/** No `instanceof`: an error may come from another realm. */
function isRefusal(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'message' in error;
}

function describe(delivery: Delivery, { files }: GenerationOutcome): GeneratedFile {
  const { kind, key, modified } = delivery;
  return { kind, key, modified: new Date(modified).toISOString(), ...figuresOf(files.get(delivery)) };
}

function figuresOf(figures: FileFigures | undefined): FileFigures {
  return { read: figures?.read ?? 0, rejected: figures?.rejected ?? 0 };
}
