import { LF, TAB } from '../intake/byte-kinds.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader } from '../intake/record-reader.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { DIMENSION_COLUMNS, type DimensionColumn, SNAPSHOT_COLUMNS } from '../rules/dimension-columns.ts';
import { readPrice } from '../rules/read-price.ts';
import { ByteWriter } from './byte-writer.ts';
import { type DimensionProblem, findProblems, repeatedId } from './dimension-problem.ts';
import { RepeatedIds } from './repeated-ids.ts';

export interface DimensionPathOptions {
  /** How many problems are kept; all are counted. */
  readonly maxProblems: number;
  /**
   * `table`: all columns, each id once, for the warehouse. `snapshot`: what rows are joined to, as
   * `DimensionCatalog.read` promises it; whoever puts it into an index sees there which ids are repeated.
   */
  readonly output: 'table' | 'snapshot';
}

const MAX_RECORD_BYTES = 64 * 1024;
const BATCH_SIZE = 1024;
/** All values at their longest, all escaped. */
const MAX_LINE_BYTES = 2048;
/** In place of a length, for the price. */
const IS_PRICE = -1;

/** The way of a dimension file: CSV bytes in, staged text out, every bad row told. */
export class DimensionPath {
  /** Of the first `maxProblems` problems; `problemCount` counts all. */
  readonly problems: DimensionProblem[] = [];
  problemCount = 0;

  private damage: FileRefusal | undefined;
  private readonly columns: readonly DimensionColumn[];
  /** The longest value of each column. */
  private readonly maxBytes: Int32Array;
  /** Slots of the columns that are written. */
  private readonly written: Int32Array;
  private readonly maxProblems: number;
  private readonly reader: RecordReader;
  private readonly writer = new ByteWriter();
  private readonly repeated: RepeatedIds | undefined;

  constructor(dimension: DimensionName, { maxProblems, output }: DimensionPathOptions) {
    this.columns = DIMENSION_COLUMNS[dimension];
    const names = this.columns.map(({ name }) => name);
    this.maxBytes = Int32Array.from(this.columns, ({ bytes = IS_PRICE }) => bytes);
    const written = output === 'table' ? names : SNAPSHOT_COLUMNS[dimension];
    this.written = Int32Array.from(written, (name) => names.indexOf(name));
    this.repeated = output === 'table' ? new RepeatedIds() : undefined;
    this.maxProblems = maxProblems;
    this.reader = new RecordReader({
      columns: names,
      maxRecordBytes: MAX_RECORD_BYTES,
      maxValueBytes: Math.max(...this.maxBytes),
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

  /** Whole lines of staged text. */
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
    if (!this.isGood(batch, row)) {
      for (const problem of findProblems(this.columns, batch, row)) this.report(problem);
      return;
    }
    const verdict = this.repeated?.check(batch, row) ?? 'new';
    if (verdict === 'new') this.write(batch, row);
    else if (verdict === 'different') this.report(repeatedId(this.columns, batch.line[row]!));
  }

  /** Whether `findProblems` finds none, without making an object. */
  private isGood({ bytes, starts, ends, width, fault }: RecordBatch, row: number): boolean {
    if (fault[row] !== 0) return false;
    const { maxBytes } = this;
    const base = row * width;
    if (ends[base] === starts[base]) return false;
    for (let slot = 0; slot < width; slot++) {
      const start = starts[base + slot]!;
      const end = ends[base + slot]!;
      const most = maxBytes[slot]!;
      if (most === IS_PRICE ? readPrice(bytes, start, end) < 0 : end - start > most) return false;
    }
    return true;
  }

  private write({ bytes, starts, ends, width }: RecordBatch, row: number): void {
    const { writer, written, maxBytes } = this;
    const base = row * width;
    writer.reserve(MAX_LINE_BYTES);
    for (let i = 0; i < written.length; i++) {
      if (i > 0) writer.putByte(TAB);
      const slot = written[i]!;
      const start = starts[base + slot]!;
      const end = ends[base + slot]!;
      if (maxBytes[slot] === IS_PRICE) writer.putMoney(readPrice(bytes, start, end));
      else writer.putEscaped(bytes, start, end);
    }
    writer.putByte(LF);
  }

  private report(problem: DimensionProblem): void {
    this.problemCount++;
    if (this.problems.length < this.maxProblems) this.problems.push(problem);
  }
}
