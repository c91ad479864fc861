const BLOCK_BYTES = 128 * 1024;

/** Joins lines of many small deliveries to blocks: each by itself would hold on to a buffer that is nearly empty. */
export class LineBlocks {
  private readonly write: (block: Uint8Array) => Promise<void>;
  private block = new Uint8Array(BLOCK_BYTES);
  private length = 0;

  constructor(write: (block: Uint8Array) => Promise<void>) {
    this.write = write;
  }

  /** Whole lines. */
  async add(lines: Uint8Array): Promise<void> {
    if (this.length + lines.length > BLOCK_BYTES) await this.flush();
    if (lines.length > BLOCK_BYTES) return await this.write(lines);
    this.block.set(lines, this.length);
    this.length += lines.length;
  }

  async flush(): Promise<void> {
    if (this.length === 0) return;
    const full = this.block.subarray(0, this.length);
    this.block = new Uint8Array(BLOCK_BYTES);
    this.length = 0;
    await this.write(full);
  }
}
