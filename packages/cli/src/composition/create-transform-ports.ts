import { dirname, relative, resolve, sep } from 'node:path';
import { CsvDimensionIndexer, FilesystemLandingZone, StagedTextFiles } from '@weir/adapters-local/filesystem';
import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import type { DimensionIndexer, LandingZone, Unpacker } from '@weir/core';
import type { TransformOptions } from '../command-line/transform-options.ts';
import { createRowResources, type RowResources } from './row-resources.ts';

export interface TransformPorts {
  readonly landing: LandingZone;
  /** Of the file below the landing place. */
  readonly key: string;
  readonly unpacker: Unpacker;
  readonly dimensions: DimensionIndexer;
  readonly rows: RowResources;
  openOutput(): Promise<StagedTextFiles>;
}

/** What it takes to transform one file on one machine. */
export function createTransformPorts(options: TransformOptions, cwd: string): TransformPorts {
  const file = resolve(cwd, options.file);
  const folder = landingFolderOf(file);
  const unpacker = new ZlibUnpacker();
  return {
    landing: new FilesystemLandingZone(folder),
    key: relative(folder, file).split(sep).join('/'),
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

/** Above the hive path where there is one, so that the key tells the day. */
function landingFolderOf(file: string): string {
  const parts = dirname(file).split(sep);
  const year = parts.findIndex((part) => /^year=\d{4}$/.test(part));
  return year < 0 ? dirname(file) : parts.slice(0, year).join(sep) || sep;
}
