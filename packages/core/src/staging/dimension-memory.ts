/** The places of a pool are 31 bits. */
export const MAX_POOL_BYTES = 2 ** 31 - 1;

export interface MemoryOptions {
  readonly shared?: boolean | undefined;
  readonly maxBytes?: number | undefined;
}

/** Zeros that do not grow. */
export function newBytes(length: number, { shared }: MemoryOptions): Uint8Array {
  return shared === true ? new Uint8Array(new SharedArrayBuffer(length)) : new Uint8Array(length);
}

/**
 * Memory for a pool. Where it is shared, addresses are set aside for the most it may take, so that it grows where it
 * stands: no copy, and no moment at which there are two.
 */
export function newPool(length: number, { shared, maxBytes = MAX_POOL_BYTES }: MemoryOptions): Uint8Array {
  if (shared !== true) return new Uint8Array(length);
  const maxByteLength = Math.max(length, Math.min(maxBytes, MAX_POOL_BYTES));
  return new Uint8Array(new SharedArrayBuffer(length, { maxByteLength }), 0, length);
}

/** The same bytes with zeros behind them. Of a shared pool it is the same memory. */
export function growPool(pool: Uint8Array, length: number, { shared }: MemoryOptions): Uint8Array {
  if (shared === true) {
    const memory = pool.buffer as unknown as SharedArrayBuffer;
    memory.grow(length);
    // Its length is told: an array that follows the length of its memory is slow.
    return new Uint8Array(memory, 0, length);
  }
  const grown = new Uint8Array(length);
  grown.set(pool);
  return grown;
}
