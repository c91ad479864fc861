import { type FileHandle, open } from 'node:fs/promises';
import {
  type DimensionCatalog,
  type DimensionName,
  type PortError,
  readDimensionFile,
  type Unpacker,
} from '@weir/core';
import { toFileFault } from './file-fault.ts';
import { readAhead } from './read-ahead.ts';

export interface CsvDimensionCatalogOptions {
  /** Paths of CSV files; one that ends with `.gz` is unpacked. */
  readonly products: string;
  readonly customers: string;
  readonly unpacker: Unpacker;
}

/** Dimensions that lie in CSV files, with the columns and the rules of those that are loaded into a warehouse. */
export class CsvDimensionCatalog implements Pick<DimensionCatalog, 'read'> {
  readonly #options: CsvDimensionCatalogOptions;

  constructor(options: CsvDimensionCatalogOptions) {
    this.#options = options;
  }

  /** @throws PortError `dimensions.unreadable`; `dimensions.refused` behind the last row, with every bad row */
  async *read(dimension: DimensionName): AsyncGenerator<Uint8Array> {
    const path = this.#options[dimension];
    const handle = await open(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    try {
      yield* readDimensionFile(this.#options.unpacker, { dimension, name: path, chunks: readChunks(handle, path) });
    } finally {
      await handle.close();
    }
  }
}

async function* readChunks(handle: FileHandle, path: string): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is no file');
    yield* readAhead(handle, stats.size, (chunk) => {
      read += chunk.length;
    }).chunks();
    if (read !== stats.size) throw new Error('it changed while it was read; start again when it is complete');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): PortError {
  return toFileFault(error, 'dimensions.unreadable', `The dimension file ${path} cannot be read`, path);
}
