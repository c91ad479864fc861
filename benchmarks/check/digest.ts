/** Of a set of records, whatever their order: how many, and two sums of hashes. Equal sets have equal digests. */
export class Digest {
  count = 0;
  private first = 0;
  private second = 0;

  /** Hashes the bytes of one record (FNV-1a, and another one in case two records meet in the first). */
  add(bytes: Uint8Array, length: number): void {
    let a = 0x811c9dc5;
    let b = length;
    for (let i = 0; i < length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193);
      b = Math.imul(b ^ bytes[i]!, 0x5bd1e995) ^ (b >>> 15);
    }
    this.count++;
    this.first = (this.first + a) >>> 0;
    this.second = (this.second + b) >>> 0;
  }

  toString(): string {
    const hex = (sum: number) => sum.toString(16).padStart(8, '0');
    return `${this.count} records ${hex(this.first)}${hex(this.second)}`;
  }
}
