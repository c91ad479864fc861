import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import { dimensionTooLarge, MAX_POOL_BYTES } from './dimension-too-large.ts';

export interface DimensionMemoryOptions {
  /** Memory that threads share. */
  readonly shared?: boolean | undefined;
  /** The most bytes that may be taken, together with `takenBytes`, which others take already. */
  readonly maxBytes?: number | undefined;
  readonly takenBytes?: number | undefined;
  /** For the error where that is more. */
  readonly dimension?: DimensionName | undefined;
}

/** A pool grows to this part of its size, so that little of it stands empty. */
const POOL_GROWTH = 1.25;

/** What an index lies in: slots, which are made anew to grow, and a pool of entries. */
export class DimensionMemory {
  private readonly options: DimensionMemoryOptions;
  /** Bytes that may be taken. */
  private readonly most: number;

  constructor(options: DimensionMemoryOptions) {
    this.options = options;
    this.most = (options.maxBytes ?? Number.POSITIVE_INFINITY) - (options.takenBytes ?? 0);
  }

  fits(slotBytes: number, poolBytes: number): boolean {
    return slotBytes + poolBytes <= this.most && poolBytes <= MAX_POOL_BYTES;
  }

  /**
   * @param rows that the index holds by then, for the error
   * @throws PortError `dimensions.too-large`
   */
  createSlots(slotBytes: number, poolBytes: number, rows: number): Int32Array {
    this.require(slotBytes, poolBytes, rows);
    return new Int32Array(this.options.shared === true ? new SharedArrayBuffer(slotBytes) : new ArrayBuffer(slotBytes));
  }

  /**
   * Where it is shared, addresses are set aside for the most it may take, so that it grows where it stands: no copy, and
   * no moment at which there are two.
   */
  createPool(bytes: number): Uint8Array {
    if (this.options.shared !== true) return new Uint8Array(bytes);
    const maxByteLength = Math.max(bytes, Math.min(this.most, MAX_POOL_BYTES));
    return viewOf(new SharedArrayBuffer(bytes, { maxByteLength }), bytes);
  }

  /** The same bytes with zeros behind them, `needed` in all or more. Of a shared pool it is the same memory. */
  growPool(pool: Uint8Array, needed: number, slotBytes: number, rows: number): Uint8Array {
    this.require(slotBytes, needed, rows);
    const most = Math.min(MAX_POOL_BYTES, this.most - slotBytes);
    const length = Math.min(Math.max(needed, Math.ceil(pool.length * POOL_GROWTH)), most);
    if (this.options.shared === true) {
      const memory = pool.buffer as unknown as SharedArrayBuffer;
      memory.grow(length);
      return viewOf(memory, length);
    }
    const grown = new Uint8Array(length);
    grown.set(pool);
    return grown;
  }

  private require(slotBytes: number, poolBytes: number, rows: number): void {
    const { options } = this;
    if (this.fits(slotBytes, poolBytes)) return;
    const maxBytes = slotBytes + poolBytes <= this.most ? undefined : options.maxBytes;
    throw dimensionTooLarge({ ...options, maxBytes, rows, bytes: slotBytes + poolBytes });
  }
}

/** Its length is told: an array that follows the length of growing memory is slow. */
export function viewOf(memory: ArrayBufferLike, length: number): Uint8Array {
  return new Uint8Array(memory, 0, length);
}
