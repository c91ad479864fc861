import { DimensionMemory, type DimensionMemoryOptions, viewOf } from './dimension-memory.ts';

/** What stands before a key in the pool: one byte of key length and one of tail length. */
const HEAD_BYTES = 2;
/** A tail of this many bytes or more has its length in four more bytes of the head. */
const LONG_TAIL = 255;
const LONG_HEAD_BYTES = 6;
const MAX_KEY_BYTES = 255;
const BYTES_A_SLOT = 8;
const MIN_SLOTS = 16;

export interface DimensionIndexOptions extends DimensionMemoryOptions {
  /** Ids and bytes of their entries, where they are known before; both grow as needed. */
  readonly expected?: number | undefined;
  readonly poolBytes?: number | undefined;
}

/** What another thread needs to look up in the same memory. It can be posted to it; nothing is copied where it is shared. */
export interface DimensionIndexState {
  readonly size: number;
  readonly slots: ArrayBufferLike;
  readonly pool: ArrayBufferLike;
  readonly poolBytes: number;
  /** It is the state of an `AnyId`. */
  readonly takesAnyId?: true | undefined;
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
  /** Where the search for an unknown id ended. */
  private freeSlot = 0;
  private readonly memory: DimensionMemory;

  constructor(options: DimensionIndexOptions = {}) {
    const { expected = 0, poolBytes = 1024 } = options;
    const capacity = slotsFor(expected, MIN_SLOTS);
    this.memory = new DimensionMemory(options);
    this.slots = this.memory.createSlots(capacity * BYTES_A_SLOT, poolBytes, expected);
    this.mask = capacity - 1;
    this.pool = this.memory.createPool(poolBytes);
  }

  /** The index whose `state()` this is, for look-ups: to add to it is for its first thread only. */
  static of({ size, slots, pool, poolBytes }: DimensionIndexState): DimensionIndex {
    const index = new DimensionIndex();
    index.size = size;
    index.slots = new Int32Array(slots);
    index.mask = slots.byteLength / BYTES_A_SLOT - 1;
    index.pool = viewOf(pool, poolBytes);
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
    if ((this.size + 1) * 3 > (this.mask + 1) * 2) this.growSlots((this.mask + 1) * 2);
    if (this.find(hash, ids, start, end)) return false;
    const entry = this.append(ids, start, end, tails, tailStart, tailEnd);
    const { slots, freeSlot } = this;
    slots[freeSlot * 2] = hash;
    slots[freeSlot * 2 + 1] = entry + 1;
    this.size++;
    return true;
  }

  /**
   * Makes room for so many ids at once, since growing step by step costs time. Only a guess: where they would not fit if
   * they were like those that are there, nothing is done.
   */
  expect(ids: number): void {
    const capacity = slotsFor(ids, this.mask + 1);
    const poolBytes = Math.ceil((this.used / Math.max(1, this.size)) * ids);
    const isEnough = capacity === this.mask + 1;
    if (!isEnough && this.memory.fits(capacity * BYTES_A_SLOT, poolBytes)) this.growSlots(capacity);
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
      if (entry < 0) {
        this.freeSlot = slot;
        return false;
      }
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
    if (next > this.pool.length) {
      this.pool = this.memory.growPool(this.pool, next, this.slots.byteLength, this.size + 1);
    }
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

  private growSlots(capacity: number): void {
    const old = this.slots;
    const slots = this.memory.createSlots(capacity * BYTES_A_SLOT, this.pool.length, this.size + 1);
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
}

/** At most two in three are taken. */
function slotsFor(ids: number, least: number): number {
  let capacity = least;
  while (capacity * 2 < ids * 3) capacity *= 2;
  return capacity;
}

/** Where in `slots` the first free slot for a hash stands. */
function findFree(slots: Int32Array, mask: number, hash: number): number {
  let slot = hash & mask;
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
  return slot * 2;
}
