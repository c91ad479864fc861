import { type IngestEvent, type LandedFile, parsePolicy, readDelivery, readDimensions } from '@weir/core';
import type { TransformOptions } from '../command-line/transform-options.ts';
import { createTransformPorts, type TransformPorts } from '../composition/create-transform-ports.ts';
import { CommandError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { createMeter } from '../output/create-meter.ts';
import { IngestProgress } from '../output/ingest-progress.ts';
import type { Session } from '../session.ts';
import { requireStaged } from '../transform/require-staged.ts';
import { tellTransform } from '../transform/tell-transform.ts';

export async function transformFile(session: Session, options: TransformOptions): Promise<number> {
  const { screen, interruption } = session;
  const startedAt = performance.now();
  const { signal } = interruption;
  const policy = session.policy ?? parsePolicy();
  const ports = await createTransformPorts(options, session);
  const progress = new IngestProgress(await createMeter(screen, 'quiet'));
  interruption.consequence = 'Nothing was written.';
  const output = await ports.openOutput();
  try {
    const onEvent = (event: IngestEvent) => progress.take(event);
    const landed = await findFile(ports, options.file);
    onEvent({ kind: 'listed', files: 1, bytes: landed.size });
    // While the dimensions are read, the threads have time to start.
    if (landed.size >= (ports.rows.workers?.worthFrom ?? 0)) ports.rows.workers?.start();
    const { products, customers, warnings } = await readDimensions(ports.dimensions, {
      // Also for one thread: such memory grows where it stands.
      shared: true,
      maxDimensionBytes: ports.rows.maxDimensionBytes,
    });
    const read = await readDelivery(
      { fileNo: 1, landed, committed: [] },
      {
        ...ports,
        policy,
        batchSize: options.batchSize,
        workers: ports.rows.workers,
        signal,
        onEvent,
        openTarget: async () => ({ products, customers, writer: output }),
      },
    );
    const staged = requireStaged(read, options.file);
    const [rows, rejects] = await output.keep();
    progress.stop();
    const took = performance.now() - startedAt;
    tellTransform(session, { staged, rows: rows!, rejects: rejects!, warnings, took });
    return EXIT_CODE.done;
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    progress.stop();
    await ports.rows.close();
  }
}

async function findFile({ landing, key }: TransformPorts, path: string): Promise<LandedFile> {
  const landed = await landing.find(key);
  if (landed !== undefined) return landed;
  throw new CommandError({
    code: 'transform.not-found',
    message: `There is no file ${path}.`,
    remedy: 'Correct the path. Names that start with . or _ or end with .tmp or .part are taken for unfinished files.',
  });
}
