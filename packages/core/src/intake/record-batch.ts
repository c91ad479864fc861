/**
 * Up to `capacity` records of one file as places in a shared buffer: no object and no string a row. Records live until the
 * reader fills the batch anew.
 */
export class RecordBatch {
  readonly capacity: number;
  /** Number of wanted columns; field `f` of record `i` has the place `i * width + f`. */
  readonly width: number;
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the record as delivered starts and ends, its line break apart. */
  readonly recordStart: Int32Array;
  readonly recordEnd: Int32Array;
  /** Physical line on which the record starts; the first line of a file is 1. */
  readonly line: Float64Array;
  /** Mask of what is wrong with the record as a whole; then it has no fields. */
  readonly fault: Int32Array;
  /** Bounds of the values, trimmed and without quotes. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  private readonly originals = new Map<number, Uint8Array>();

  constructor(capacity: number, width: number) {
    this.capacity = capacity;
    this.width = width;
    this.recordStart = new Int32Array(capacity);
    this.recordEnd = new Int32Array(capacity);
    this.line = new Float64Array(capacity);
    this.fault = new Int32Array(capacity);
    this.starts = new Int32Array(capacity * width);
    this.ends = new Int32Array(capacity * width);
  }

  /** The record as delivered. */
  raw(record: number): Uint8Array {
    return this.originals.get(record) ?? this.bytes.subarray(this.recordStart[record], this.recordEnd[record]);
  }

  /** Whether its bytes are not as delivered any more: `raw` has them. */
  isChanged(record: number): boolean {
    return this.originals.has(record);
  }

  /** Keeps a copy of the record, to be called before its bytes are changed in place. */
  keepOriginal(record: number): void {
    if (this.originals.has(record)) return;
    this.originals.set(record, this.bytes.slice(this.recordStart[record], this.recordEnd[record]));
  }

  clear(): void {
    this.count = 0;
    if (this.originals.size > 0) this.originals.clear();
  }
}
