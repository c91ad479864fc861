import { constants } from 'node:fs';
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

const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export interface CsvDimensionIndexerOptions {
  /** Paths of CSV files; one that ends with `.gz` is unpacked. */
  readonly products: string;
  readonly customers: string;
  readonly unpacker: Unpacker;
}

/** Dimensions that lie in CSV files, with the columns and the rules of those that are loaded into a warehouse. */
export class CsvDimensionIndexer implements DimensionIndexer {
  readonly #options: CsvDimensionIndexerOptions;

  constructor(options: CsvDimensionIndexerOptions) {
    this.#options = options;
  }

  /** @throws PortError `dimensions.unreadable`; `dimensions.refused` with every bad row; `dimensions.too-large` */
  async index(dimension: DimensionName, options: DimensionIndexOptions = {}): Promise<DimensionIndex> {
    const path = this.#options[dimension];
    const { handle, size } = await openFile(path);
    try {
      const source = { dimension, name: path, chunks: readChunks(handle, path, size), size };
      return await indexDimensionFile(this.#options.unpacker, source, options);
    } finally {
      await handle.close();
    }
  }
}

async function openFile(path: string): Promise<{ handle: FileHandle; size: number }> {
  let handle: FileHandle | undefined;
  try {
    // A pipe would wait for ever to be opened.
    handle = await open(path, READ);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error('it is no file');
    return { handle, size: stats.size };
  } catch (error) {
    await handle?.close();
    throw unreadable(path, error);
  }
}

async function* readChunks(handle: FileHandle, path: string, size: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    yield* readAhead(handle, size, (chunk) => {
      read += chunk.length;
    }).chunks();
    if (read !== size) throw new Error('it changed while it was read; start again when it is complete');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): PortError {
  return toFileFault(error, 'dimensions.unreadable', `The dimension file ${path} cannot be read`, path);
}
