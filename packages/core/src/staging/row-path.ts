import type { Header } from '../intake/read-header.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader, type RecordStart } from '../intake/record-reader.ts';
import type { Policy } from '../policy/policy.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { type FaultCode, type FaultMask, faultBit } from '../rules/faults.ts';
import { MAX_ID_BYTES, RowRules } from '../rules/row-rules.ts';
import { SLOT, TRANSACTION_COLUMNS } from '../rules/transaction-columns.ts';
import { ByteSource } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import { CheckedRows } from './checked-rows.ts';
import { DimensionIndex } from './dimension-index.ts';
import { RejectWriter } from './reject-writer.ts';
import { RowWriter } from './row-writer.ts';

export interface RowPathOptions {
  readonly policy: Policy;
  /** Number of the file in its run. */
  readonly fileNo: number;
  /** The day in the hive path, `YYYY-MM-DD`; undefined where there is none. */
  readonly fileDay: string | undefined;
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  /** Rows between validation and join, from 1. */
  readonly batchSize?: number | undefined;
  /** Where the bytes begin, unless that is the beginning of the file. */
  readonly start?: RecordStart | undefined;
}

/** What the rows of a file, or of a part of it, came to. */
export interface RowTally {
  readonly read: number;
  readonly blankLines: number;
  readonly rejected: number;
  /** How often each code was given; a row counts once under each of its codes. */
  readonly rejectsByCode: Readonly<Partial<Record<FaultCode, number>>>;
  /** The line of the first row that was rejected under each code. */
  readonly firstRejects: Readonly<Partial<Record<FaultCode, number>>>;
}

const PRODUCT_UNKNOWN = faultBit('product-unknown');
const CUSTOMER_UNKNOWN = faultBit('customer-unknown');

/**
 * Rows that are worked on together, so that the cache misses of their look-ups overlap. What this many rows touch is still
 * near, addresses of its pages included, when it is used.
 */
export const DEFAULT_BATCH_SIZE = 256;

/**
 * The way of all rows of one file: bytes in, staged text out. Synchronous and pure: the same bytes, dimensions and policy
 * give the same lines. A batch is validated, then joined, then written; no object and no string is made for a good row.
 */
export class RowPath {
  private readonly reader: RecordReader;
  private readonly rules: RowRules;
  private readonly products: DimensionIndex;
  private readonly customers: DimensionIndex;
  private readonly rows = new ByteWriter();
  private readonly rejects = new ByteWriter();
  private readonly rejectWriter: RejectWriter;
  private readonly rowWriter: RowWriter;
  private readonly checked: CheckedRows;
  private readonly input = new ByteSource();

  constructor(options: RowPathOptions) {
    const { policy, fileNo, batchSize = DEFAULT_BATCH_SIZE } = options;
    this.products = options.products;
    this.customers = options.customers;
    this.rules = new RowRules(policy, options.fileDay);
    this.rejectWriter = new RejectWriter(this.rejects, this.input, fileNo);
    this.rowWriter = new RowWriter(this.rows, this.input, options);
    this.checked = new CheckedRows(batchSize);
    this.reader = new RecordReader({
      columns: TRANSACTION_COLUMNS,
      maxRecordBytes: policy.maxRecordBytes,
      maxValueBytes: MAX_ID_BYTES,
      batchSize,
      onBatch: (batch) => this.process(batch),
      start: options.start,
    });
  }

  /** The bytes of the file, unpacked, in any pieces. */
  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  /** To be called once, after the last bytes. */
  end(): void {
    this.reader.end();
  }

  /** Whole lines with the columns `STAGED_ROW_COLUMNS`, as far as a block is full, or `all`. */
  takeRows(all = false): Uint8Array[] {
    return this.rows.take(all);
  }

  /** Whole lines with the columns `STAGED_REJECT_COLUMNS`. */
  takeRejects(all = false): Uint8Array[] {
    return this.rejects.take(all);
  }

  get refusal(): FileRefusal | undefined {
    return this.reader.refusal;
  }

  /** Undefined before it was found. */
  get header(): Header | undefined {
    return this.reader.header;
  }

  /** Data rows so far, bad ones among them. */
  get read(): number {
    return this.reader.records;
  }

  /** Whether all bytes so far are worked on, and the next one starts a record. */
  get isBetweenRecords(): boolean {
    return this.reader.isBetweenRecords;
  }

  /**
   * Counts anew from a place further on in the same file, where a record starts on physical line `line`. To be called between
   * records.
   */
  moveTo(line: number): void {
    this.reader.moveTo(line);
    this.rejectWriter.clear();
  }

  tally(): RowTally {
    return {
      read: this.reader.records,
      blankLines: this.reader.blankLines,
      rejected: this.rejectWriter.count,
      rejectsByCode: this.rejectWriter.byCode(),
      firstRejects: this.rejectWriter.firstLines(),
    };
  }

  private process(batch: RecordBatch): void {
    const { products, customers, checked } = this;
    this.input.use(batch.bytes);
    this.rowWriter.usePools();
    this.checkRows(batch);
    products.touch(checked.productHash, batch.count);
    customers.touch(checked.customerHash, batch.count);
    for (let row = 0; row < batch.count; row++) this.joinAndWrite(batch, row);
  }

  private checkRows(batch: RecordBatch): void {
    const { rules, checked } = this;
    const { bytes, starts, ends, width } = batch;
    for (let row = 0; row < batch.count; row++) {
      if (batch.fault[row] !== 0) continue;
      const base = row * width;
      checked.faults[row] = rules.check(batch, base);
      checked.quantity[row] = rules.quantity;
      checked.price[row] = rules.price;
      checked.total[row] = rules.total;
      checked.paymentType[row] = rules.paymentType;
      checked.status[row] = rules.status;
      checked.amountClass[row] = rules.amountClass;
      const product = base + SLOT.productId;
      const customer = base + SLOT.customerId;
      checked.productHash[row] = DimensionIndex.hash(bytes, starts[product]!, ends[product]!);
      checked.customerHash[row] = DimensionIndex.hash(bytes, starts[customer]!, ends[customer]!);
    }
  }

  private joinAndWrite(batch: RecordBatch, row: number): void {
    const faults = batch.fault[row]! || this.join(batch, row);
    if (faults === 0) this.rowWriter.write(batch, row, this.checked);
    else this.rejectWriter.write(batch, row, faults);
  }

  /** All faults of a row; where there are none, the dimension indices stand at its entries. */
  private join({ bytes, starts, ends, width }: RecordBatch, row: number): FaultMask {
    const { products, customers, checked } = this;
    const product = row * width + SLOT.productId;
    const customer = row * width + SLOT.customerId;
    let faults = checked.faults[row]!;
    if (!products.find(checked.productHash[row]!, bytes, starts[product]!, ends[product]!)) {
      if (ends[product]! > starts[product]!) faults |= PRODUCT_UNKNOWN;
    }
    if (!customers.find(checked.customerHash[row]!, bytes, starts[customer]!, ends[customer]!)) {
      if (ends[customer]! > starts[customer]!) faults |= CUSTOMER_UNKNOWN;
    }
    return faults;
  }
}
