import { type FileHandle, open } from 'node:fs/promises';
import {
  type DimensionIndex,
  type DimensionIndexer,
  type DimensionIndexOptions,
  type DimensionName,
  indexDimensionFile,
  type PortError,
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
export class CsvDimensionCatalog implements DimensionIndexer {
  readonly #options: CsvDimensionCatalogOptions;

  constructor(options: CsvDimensionCatalogOptions) {
    this.#options = options;
  }

  /** @throws PortError `dimensions.unreadable`; `dimensions.refused` with every bad row; `dimensions.too-large` */
  async index(dimension: DimensionName, options: DimensionIndexOptions = {}): Promise<DimensionIndex> {
    const path = this.#options[dimension];
    const handle = await open(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    try {
      const chunks = readChunks(handle, path);
      return await indexDimensionFile(this.#options.unpacker, { dimension, name: path, chunks }, options);
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
