import { ThreadRowWorkers } from '@weir/adapters-local/threads';
import type { ResourceOptions } from '../command-line/add-resources.ts';

/** What a transformer is given of the machine; to be closed when it has done its work. */
export interface RowResources {
  /** Undefined where the main thread reads all rows. */
  readonly workers: ThreadRowWorkers | undefined;
  readonly maxDimensionBytes: number;
  close(): Promise<void>;
}

export function createRowResources({ threads, dimensionMemory }: ResourceOptions): RowResources {
  const workers = threads > 1 ? new ThreadRowWorkers(threads) : undefined;
  return { workers, maxDimensionBytes: dimensionMemory * 1024 * 1024, close: async () => workers?.close() };
}
