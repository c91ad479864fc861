/** What stands before a key in the pool: one byte of key length and four of tail length. */
const ENTRY_HEAD = 5;
const MAX_KEY_BYTES = 255;

/**
 * A hash index from ids to pre-encoded staged text, in typed arrays: a quarter of the memory of a Map of strings, no work
 * for the garbage collector, and no string a look-up. Open addressing; a slot is a hash and the place of its entry + 1.
 */
export class DimensionIndex {
  /** Number of ids. */
  size = 0;
  /** Holds the entries; `tailStart` and `tailEnd` of a find point into it. */
  pool: Uint8Array;
  tailStart = 0;
  tailEnd = 0;

  private slots: Int32Array;
  private mask: number;
  private used = 0;

  /** `expected` ids and `poolBytes` avoid growing; both grow as needed. */
  constructor(expected = 1024, poolBytes = 1 << 16) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 1.5)));
    this.slots = new Int32Array(capacity * 2);
    this.mask = capacity - 1;
    this.pool = new Uint8Array(poolBytes);
  }

  /** FNV-1a with a final mix, of the bytes of an id. */
  static hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = -2128831035;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, -2048144789);
    return hash ^ (hash >>> 13);
  }

  /** Adds an id with its tail; an id that is known keeps its first tail. Ids above 255 bytes match nothing and are left out. */
  add(key: Uint8Array, tail: Uint8Array): void {
    if (key.length > MAX_KEY_BYTES) return;
    const hash = DimensionIndex.hash(key, 0, key.length);
    if (this.find(hash, key, 0, key.length)) return;
    if ((this.size + 1) * 3 > (this.mask + 1) * 2) this.growSlots();
    const entry = this.append(key, tail);
    this.insert(hash, entry + 1);
    this.size++;
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

  private hasKey(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { pool } = this;
    const keyLength = pool[entry]!;
    if (keyLength !== end - start) return false;
    const keyStart = entry + ENTRY_HEAD;
    for (let i = 0; i < keyLength; i++) {
      if (pool[keyStart + i] !== bytes[start + i]) return false;
    }
    this.tailStart = keyStart + keyLength;
    this.tailEnd =
      this.tailStart +
      (pool[entry + 1]! | (pool[entry + 2]! << 8) | (pool[entry + 3]! << 16) | (pool[entry + 4]! << 24));
    return true;
  }

  private append(key: Uint8Array, tail: Uint8Array): number {
    const entry = this.used;
    const end = entry + ENTRY_HEAD + key.length + tail.length;
    if (end > this.pool.length) {
      const grown = new Uint8Array(Math.max(end, this.pool.length * 2));
      grown.set(this.pool.subarray(0, this.used));
      this.pool = grown;
    }
    const { pool } = this;
    pool[entry] = key.length;
    for (let i = 0; i < 4; i++) pool[entry + 1 + i] = (tail.length >>> (8 * i)) & 0xff;
    pool.set(key, entry + ENTRY_HEAD);
    pool.set(tail, entry + ENTRY_HEAD + key.length);
    this.used = end;
    return entry;
  }

  private insert(hash: number, place: number): void {
    const { slots, mask } = this;
    let slot = hash & mask;
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask;
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = place;
  }

  private growSlots(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.mask = this.slots.length / 2 - 1;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] !== 0) this.insert(old[i]!, old[i + 1]!);
    }
  }
}
