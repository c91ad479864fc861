import { resolve } from 'node:path';
import { CsvDimensionIndexer, StagedTextFiles } from '@weir/adapters-local/filesystem';
import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import type { DimensionIndexer, Unpacker } from '@weir/core';
import type { TransformOptions } from '../command-line/transform-options.ts';
import type { Session } from '../session.ts';
import { type LocatedFile, locateFile } from './locate-file.ts';
import { createRowResources, type RowResources } from './row-resources.ts';

export interface TransformPorts extends LocatedFile {
  readonly unpacker: Unpacker;
  readonly dimensions: DimensionIndexer;
  readonly rows: RowResources;
  openOutput(): Promise<StagedTextFiles>;
}

/** What it takes to transform one file on one machine. */
export async function createTransformPorts(options: TransformOptions, session: Session): Promise<TransformPorts> {
  const { cwd } = session;
  const unpacker = new ZlibUnpacker();
  return {
    ...(await locateFile(options.file, session)),
    unpacker,
    dimensions: new CsvDimensionIndexer({
      products: resolve(cwd, options.products),
      customers: resolve(cwd, options.customers),
      unpacker,
    }),
    rows: createRowResources(options),
    openOutput: () => StagedTextFiles.open(resolve(cwd, options.out)),
  };
}
