import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader } from '../intake/record-reader.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { DIMENSION_COLUMNS, type DimensionColumn } from '../rules/dimension-columns.ts';
import { faultsOf } from '../rules/faults.ts';
import { readPrice } from '../rules/read-price.ts';
import { ByteWriter } from './byte-writer.ts';
import { DimensionIndex } from './dimension-index.ts';

export interface DimensionProblem {
  readonly line: number;
  /** A code of rules, or `product-id-repeated`, `customer-id-repeated`, `value-too-long`. */
  readonly code: string;
  readonly column: string;
  readonly message: string;
}

const MAX_RECORD_BYTES = 64 * 1024;
const BATCH_SIZE = 1024;
/** All values at their longest, all escaped. */
const MAX_LINE_BYTES = 2048;
const TAB = 9;
const LF = 10;

/** The way of a dimension file: CSV bytes in, staged text out, every bad row told. */
export class DimensionPath {
  /** Of the first `maxProblems` problems; `problemCount` counts all. */
  readonly problems: DimensionProblem[] = [];
  problemCount = 0;
  /** Rows that say the same as an earlier row with their id; they are passed over. */
  repeated = 0;

  private damage: FileRefusal | undefined;
  private readonly columns: readonly DimensionColumn[];
  private readonly maxProblems: number;
  private readonly reader: RecordReader;
  private readonly writer = new ByteWriter();
  private readonly seen = new DimensionIndex();

  constructor(dimension: DimensionName, maxProblems: number) {
    this.columns = DIMENSION_COLUMNS[dimension];
    this.maxProblems = maxProblems;
    this.reader = new RecordReader({
      columns: this.columns.map(({ name }) => name),
      maxRecordBytes: MAX_RECORD_BYTES,
      maxValueBytes: Math.max(...this.columns.map(({ bytes = 0 }) => bytes)),
      batchSize: BATCH_SIZE,
      onBatch: (batch) => {
        for (let row = 0; row < batch.count; row++) this.process(batch, row);
      },
    });
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  end(): void {
    this.reader.end();
  }

  /** Whole lines with all columns of the dimension, in their order. */
  take(all = false): Uint8Array[] {
    return this.writer.take(all);
  }

  /** Why the file as a whole cannot be taken. */
  get refusal(): FileRefusal | undefined {
    return this.damage ?? this.reader.refusal;
  }

  refuse(damage: FileRefusal): void {
    this.damage = damage;
  }

  get read(): number {
    return this.reader.records;
  }

  private process(batch: RecordBatch, row: number): void {
    const line = batch.line[row]!;
    const problemsBefore = this.problemCount;
    if (batch.fault[row] !== 0) {
      for (const fault of faultsOf(batch.fault[row]!)) this.report({ line, ...fault });
      return;
    }
    this.columns.forEach((column, slot) => {
      const problem = checkValue(column, batch, row * batch.width + slot, slot === 0);
      if (problem !== undefined) this.report({ line, column: column.name, ...problem });
    });
    if (this.problemCount === problemsBefore && !this.isRepeated(batch, row, line)) this.write(batch, row);
  }

  private isRepeated(batch: RecordBatch, row: number, line: number): boolean {
    const base = row * batch.width;
    const id = batch.bytes.subarray(batch.starts[base], batch.ends[base]);
    const content = hashValues(batch, base);
    const entry = new Uint8Array(id.length + 1 + content.length);
    entry.set(id);
    entry.set(content, id.length + 1);
    if (this.seen.add(DimensionIndex.hash(id, 0, id.length), entry, 0, id.length, entry.length)) return false;
    const known = this.seen.pool.subarray(this.seen.tailStart, this.seen.tailEnd);
    if (content.every((byte, i) => byte === known[i])) {
      this.repeated++;
    } else {
      const column = this.columns[0]!.name;
      const code = `${column.replaceAll('_', '-')}-repeated`;
      this.report({ line, code, column, message: 'an earlier row with this id says something else' });
    }
    return true;
  }

  private write(batch: RecordBatch, row: number): void {
    const { writer } = this;
    const { bytes, starts, ends, width } = batch;
    const base = row * width;
    writer.reserve(MAX_LINE_BYTES);
    for (let slot = 0; slot < width; slot++) {
      if (slot > 0) writer.putByte(TAB);
      if (this.columns[slot]!.bytes === undefined) {
        writer.putMoney(readPrice(bytes, starts[base + slot]!, ends[base + slot]!));
      } else {
        writer.putEscaped(bytes, starts[base + slot]!, ends[base + slot]!);
      }
    }
    writer.putByte(LF);
  }

  private report(problem: DimensionProblem): void {
    this.problemCount++;
    if (this.problems.length < this.maxProblems) this.problems.push(problem);
  }
}

function checkValue(
  column: DimensionColumn,
  { bytes, starts, ends }: RecordBatch,
  place: number,
  isId: boolean,
): { code: string; message: string } | undefined {
  const length = ends[place]! - starts[place]!;
  if (column.bytes === undefined) {
    const price = readPrice(bytes, starts[place]!, ends[place]!);
    return price < 0 ? faultsOf(-price)[0] : undefined;
  }
  const code = column.name.replaceAll('_', '-');
  if (isId && length === 0) return { code: `${code}-blank`, message: 'the id is empty' };
  if (length <= column.bytes) return undefined;
  const message = `the value is longer than ${column.bytes} bytes`;
  return isId ? { code: `${code}-too-long`, message } : { code: 'value-too-long', message };
}

/** Eight bytes that stand for all values of a row, so that repeats are known without keeping the rows. */
function hashValues({ bytes, starts, ends, width }: RecordBatch, base: number): Uint8Array {
  const hashes = new Int32Array(2);
  for (let slot = 0; slot < width; slot++) {
    const hash = DimensionIndex.hash(bytes, starts[base + slot]!, ends[base + slot]!);
    hashes[0] = Math.imul(hashes[0]! ^ hash, 16777619) + slot;
    hashes[1] = Math.imul(hashes[1]! + hash, -2048144789) ^ slot;
  }
  return new Uint8Array(hashes.buffer);
}
