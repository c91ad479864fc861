import { resolve } from 'node:path';
import { CsvDimensionIndexer } from '@weir/adapters-local/filesystem';
import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import type { DimensionIndex, DimensionName, Unpacker } from '@weir/core';
import type { ValidateOptions } from '../command-line/validate-options.ts';
import { createRowResources, type RowResources } from './row-resources.ts';

export interface ValidationPorts {
  readonly unpacker: Unpacker;
  readonly rows: RowResources;
  /** Those that were given. */
  readDimensions(): Promise<{
    readonly products: DimensionIndex | undefined;
    readonly customers: DimensionIndex | undefined;
  }>;
}

/** What it takes to validate files on one machine. */
export function createValidationPorts(options: ValidateOptions, cwd: string): ValidationPorts {
  const unpacker = new ZlibUnpacker();
  const rows = createRowResources(options);
  const read = async (dimension: DimensionName, takenBytes: number) => {
    const given = options[dimension];
    if (given === undefined) return undefined;
    const path = resolve(cwd, given);
    const indexer = new CsvDimensionIndexer({ products: path, customers: path, unpacker });
    return await indexer.index(dimension, { dimension, shared: true, maxBytes: rows.maxDimensionBytes, takenBytes });
  };
  return {
    unpacker,
    rows,
    readDimensions: async () => {
      const products = await read('products', 0);
      return { products, customers: await read('customers', products?.bytes ?? 0) };
    },
  };
}
