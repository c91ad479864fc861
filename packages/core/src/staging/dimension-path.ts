import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader } from '../intake/record-reader.ts';
import type { DimensionName } from '../ports/dimension-catalog.port.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { DIMENSION_COLUMNS, type DimensionColumn } from '../rules/dimension-columns.ts';
import { readPrice } from '../rules/read-price.ts';
import { type DimensionProblem, findProblems, repeatedId } from './dimension-problem.ts';
import type { DimensionRows } from './dimension-rows.ts';

const MAX_RECORD_BYTES = 64 * 1024;
const BATCH_SIZE = 1024;
/** Problems that are kept; all are counted. */
const MAX_PROBLEMS = 20;
/** In place of a length, for the price. */
const IS_PRICE = -1;

/** The way of a dimension file: CSV bytes in, good rows out, every bad row told. */
export class DimensionPath {
  /** The first problems; `problemCount` counts all. */
  readonly problems: DimensionProblem[] = [];
  problemCount = 0;

  private damage: FileRefusal | undefined;
  private readonly columns: readonly DimensionColumn[];
  /** The longest value of each column. */
  private readonly maxBytes: Int32Array;
  private readonly rows: DimensionRows;
  private readonly reader: RecordReader;
  private readonly good = new Int32Array(BATCH_SIZE);

  constructor(dimension: DimensionName, rows: DimensionRows) {
    this.columns = DIMENSION_COLUMNS[dimension];
    this.maxBytes = Int32Array.from(this.columns, ({ bytes = IS_PRICE }) => bytes);
    this.rows = rows;
    this.reader = new RecordReader({
      columns: this.columns.map(({ name }) => name),
      maxRecordBytes: MAX_RECORD_BYTES,
      maxValueBytes: Math.max(...this.maxBytes),
      batchSize: BATCH_SIZE,
      onBatch: (batch) => this.process(batch),
    });
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  end(): void {
    this.reader.end();
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

  private process(batch: RecordBatch): void {
    const { columns, good } = this;
    const problems: DimensionProblem[] = [];
    let count = 0;
    for (let row = 0; row < batch.count; row++) {
      if (this.isGood(batch, row)) good[count++] = row;
      else problems.push(...findProblems(columns, batch, row));
    }
    this.rows.take(batch, good, count, (row) => problems.push(repeatedId(columns, batch.line[row]!)));
    if (problems.length > 0) this.report(problems);
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

  /** @param problems of one batch */
  private report(problems: DimensionProblem[]): void {
    this.problemCount += problems.length;
    problems.sort((a, b) => a.line - b.line);
    this.problems.push(...problems.slice(0, MAX_PROBLEMS - this.problems.length));
  }
}
