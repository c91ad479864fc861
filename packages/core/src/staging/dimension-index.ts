import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import type { PortError } from '../ports/port-error.ts';
import { growPool, MAX_POOL_BYTES, newBytes, newPool } from './dimension-memory.ts';
import { dimensionTooLarge } from './dimension-too-large.ts';

/** What stands before a key in the pool: one byte of key length and one of tail length. */
const HEAD_BYTES = 2;
/** A tail of this many bytes or more has its length in four more bytes of the head. */
const LONG_TAIL = 255;
const LONG_HEAD_BYTES = 6;
const MAX_KEY_BYTES = 255;
const BYTES_A_SLOT = 8;
const MIN_SLOTS = 16;
const POOL_GROWTH = 1.25;

export interface DimensionIndexOptions {
  /** Ids and bytes of their entries, where they are known before; both grow as needed. */
  readonly expected?: number | undefined;
  readonly poolBytes?: number | undefined;
  /** In memory that threads share. */
  readonly shared?: boolean | undefined;
  /** The most bytes that the index may take. */
  readonly maxBytes?: number | undefined;
  /** For the error where it takes more. */
  readonly dimension?: DimensionName | undefined;
}

/** What another thread needs to look up in the same memory. It can be posted to it; nothing is copied where it is shared. */
export interface DimensionIndexState {
  readonly size: number;
  readonly slots: ArrayBufferLike;
  readonly pool: ArrayBufferLike;
  readonly poolBytes: number;
}

/**
 * A hash index from ids to pre-encoded staged text, in typed arrays: a quarter of the memory of a Map of strings, no work
 * for the garbage collector, no string a look-up, and memory that threads can share. Open addressing; a slot is a hash and
 * the place of its entry + 1.
 */
export class DimensionIndex {
  /** Number of ids. */
  size = 0;
  /** Holds the entries; `tailStart` and `tailEnd` of a find point into it. Grows with `add`, and is another array then. */
  pool: Uint8Array;
  tailStart = 0;
  tailEnd = 0;

  private slots: Int32Array;
  private mask: number;
  private used = 0;
  private readonly options: DimensionIndexOptions;

  constructor(options: DimensionIndexOptions = {}) {
    const { expected = 0, poolBytes = 1024 } = options;
    this.options = options;
    let capacity = MIN_SLOTS;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.requireBytes(capacity * BYTES_A_SLOT + poolBytes, expected);
    this.slots = new Int32Array(newBytes(capacity * BYTES_A_SLOT, options).buffer);
    this.mask = capacity - 1;
    this.pool = newPool(poolBytes, options);
  }

  /** The index whose `state()` this is, for look-ups: to add to it is for its first thread only. */
  static of({ size, slots, pool, poolBytes }: DimensionIndexState): DimensionIndex {
    const index = new DimensionIndex();
    index.size = size;
    index.slots = new Int32Array(slots);
    index.mask = slots.byteLength / BYTES_A_SLOT - 1;
    // Its length is told: an array that follows the length of growing memory is slow.
    index.pool = new Uint8Array(pool, 0, poolBytes);
    index.used = poolBytes;
    return index;
  }

  /** To be taken after the last `add`. */
  state(): DimensionIndexState {
    return { size: this.size, slots: this.slots.buffer, pool: this.pool.buffer, poolBytes: this.used };
  }

  /** Memory that the index holds. */
  get bytes(): number {
    return this.slots.byteLength + this.pool.byteLength;
  }

  /** FNV-1a with a final mix, of the bytes of an id. */
  static hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = -2128831035;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, -2048144789);
    return hash ^ (hash >>> 13);
  }

  /**
   * Adds the id in `ids[start, end)` with its tail in `tails[tailStart, tailEnd)`. False where the id is known: it keeps
   * its first tail, which is `pool[tailStart, tailEnd)` of the index then. Ids above 255 bytes match nothing and are left out.
   *
   * @throws PortError `dimensions.too-large`
   */
  add(
    hash: number,
    ids: Uint8Array,
    start: number,
    end: number,
    tails: Uint8Array,
    tailStart: number,
    tailEnd: number,
  ): boolean {
    if (end - start > MAX_KEY_BYTES) return true;
    if ((this.size + 1) * 3 > (this.mask + 1) * 2) this.growSlots();
    if (this.find(hash, ids, start, end)) return false;
    const entry = this.append(ids, start, end, tails, tailStart, tailEnd);
    const { slots, mask } = this;
    const slot = findFree(slots, mask, hash);
    slots[slot] = hash;
    slots[slot + 1] = entry + 1;
    this.size++;
    return true;
  }

  /**
   * Brings the slots and entries of `count` hashes near, without depending on one another, so that their cache misses
   * overlap. The result means nothing; it is returned so that the work is not optimised away.
   */
  touch(hashes: Int32Array, count: number): number {
    const { slots, mask, pool } = this;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += slots[(hashes[i]! & mask) * 2]!;
    for (let i = 0; i < count; i++) sum += pool[slots[(hashes[i]! & mask) * 2 + 1]!]!;
    return sum | 0;
  }

  /** True where the id in `bytes[start, end)` is known; then its tail is `pool[tailStart, tailEnd)`. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { slots, mask } = this;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot * 2 + 1]! - 1;
      if (entry < 0) return false;
      if (slots[slot * 2] === hash && this.hasKey(entry, bytes, start, end)) return true;
    }
  }

  /** Whether the tail that was found last is `bytes[start, end)`. */
  hasTail(bytes: Uint8Array, start: number, end: number): boolean {
    const { pool, tailStart } = this;
    if (this.tailEnd - tailStart !== end - start) return false;
    for (let i = start; i < end; i++) {
      if (pool[tailStart + i - start] !== bytes[i]) return false;
    }
    return true;
  }

  private hasKey(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { pool } = this;
    const keyLength = pool[entry]!;
    if (keyLength !== end - start) return false;
    let at = entry + HEAD_BYTES;
    let tailLength = pool[entry + 1]!;
    if (tailLength === LONG_TAIL) {
      tailLength = pool[at]! | (pool[at + 1]! << 8) | (pool[at + 2]! << 16) | (pool[at + 3]! << 24);
      at = entry + LONG_HEAD_BYTES;
    }
    for (let i = start; i < end; i++) {
      if (pool[at++] !== bytes[i]) return false;
    }
    this.tailStart = at;
    this.tailEnd = at + tailLength;
    return true;
  }

  private append(
    ids: Uint8Array,
    start: number,
    end: number,
    tails: Uint8Array,
    tailStart: number,
    tailEnd: number,
  ): number {
    const entry = this.used;
    const tailLength = tailEnd - tailStart;
    const headBytes = tailLength < LONG_TAIL ? HEAD_BYTES : LONG_HEAD_BYTES;
    const next = entry + headBytes + (end - start) + tailLength;
    if (next > this.pool.length) this.growPool(next);
    const { pool } = this;
    pool[entry] = end - start;
    pool[entry + 1] = Math.min(tailLength, LONG_TAIL);
    for (let i = HEAD_BYTES; i < headBytes; i++) pool[entry + i] = tailLength >>> (8 * (i - HEAD_BYTES));
    let to = entry + headBytes;
    for (let i = start; i < end; i++) pool[to++] = ids[i]!;
    for (let i = tailStart; i < tailEnd; i++) pool[to++] = tails[i]!;
    this.used = next;
    return entry;
  }

  private growSlots(): void {
    const old = this.slots;
    this.requireBytes(old.byteLength * 2 + this.pool.byteLength, this.size + 1);
    const slots = new Int32Array(newBytes(old.byteLength * 2, this.options).buffer);
    const mask = slots.length / 2 - 1;
    for (let i = 0; i < old.length; i += 2) {
      const place = old[i + 1]!;
      if (place === 0) continue;
      const hash = old[i]!;
      const slot = findFree(slots, mask, hash);
      slots[slot] = hash;
      slots[slot + 1] = place;
    }
    this.slots = slots;
    this.mask = mask;
  }

  private growPool(needed: number): void {
    const { slots, pool, options } = this;
    this.requireBytes(slots.byteLength + needed, this.size + 1);
    if (needed > MAX_POOL_BYTES) throw this.tooLarge(this.size + 1, needed, undefined);
    const most = Math.min(MAX_POOL_BYTES, (options.maxBytes ?? Number.POSITIVE_INFINITY) - slots.byteLength);
    this.pool = growPool(pool, Math.min(Math.max(needed, Math.ceil(pool.length * POOL_GROWTH)), most), options);
  }

  private requireBytes(bytes: number, rows: number): void {
    const { maxBytes } = this.options;
    if (maxBytes !== undefined && bytes > maxBytes) throw this.tooLarge(rows, bytes, maxBytes);
  }

  private tooLarge(rows: number, bytes: number, maxBytes: number | undefined): PortError {
    return dimensionTooLarge({ dimension: this.options.dimension, rows, bytes, maxBytes });
  }
}

/** Where in `slots` the first free slot for a hash stands. */
function findFree(slots: Int32Array, mask: number, hash: number): number {
  let slot = hash & mask;
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
  return slot * 2;
}
