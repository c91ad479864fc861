import type { Header } from '../intake/read-header.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader, type RecordStart } from '../intake/record-reader.ts';
import type { Policy } from '../policy/policy.ts';
import type { FileRefusal } from '../ports/warehouse.port.ts';
import { type FaultCode, faultBit } from '../rules/faults.ts';
import { exactTotal, MAX_ID_BYTES, RowRules } from '../rules/row-rules.ts';
import { SLOT, TRANSACTION_COLUMNS } from '../rules/transaction-columns.ts';
import { ByteWriter } from './byte-writer.ts';
import { DimensionIndex } from './dimension-index.ts';
import { RejectWriter } from './reject-writer.ts';
import { escapeStagedValue } from './staged-text.ts';

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
const TAB = 9;
const LF = 10;
const encoder = new TextEncoder();

/** Rows that are worked on together, so that the cache misses of their look-ups overlap; a thousand fits the cache. */
export const DEFAULT_BATCH_SIZE = 1024;

/** What a row takes at most, the tails of its dimensions apart: three ids of 64 bytes, all escaped, numbers and words. */
const FIXED_ROW_BYTES = 1024;

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
  private readonly checked: CheckedRows;
  private readonly fileNo: Uint8Array;
  private readonly paymentTypes: readonly Uint8Array[];
  private readonly statuses: readonly Uint8Array[];
  private readonly classes: readonly Uint8Array[];

  constructor(options: RowPathOptions) {
    const { policy, fileNo, batchSize = DEFAULT_BATCH_SIZE } = options;
    this.products = options.products;
    this.customers = options.customers;
    this.rules = new RowRules(policy, options.fileDay);
    this.rejectWriter = new RejectWriter(this.rejects, fileNo);
    this.checked = new CheckedRows(batchSize);
    this.fileNo = encoder.encode(`${fileNo}\t`);
    this.paymentTypes = policy.paymentTypes.map((word) => encoder.encode(`${escapeStagedValue(word)}\t`));
    this.statuses = policy.statuses.map((word, place) => encoder.encode(`${escapeStagedValue(word)}\t${place + 1}\t`));
    this.classes = policy.amountClasses.map(({ name }) => encoder.encode(`${escapeStagedValue(name)}\t`));
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
    this.checkRows(batch);
    this.products.touch(this.checked.productHash, batch.count);
    this.customers.touch(this.checked.customerHash, batch.count);
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
    const { products, customers, checked } = this;
    if (batch.fault[row] !== 0) {
      this.rejectWriter.write(batch.line[row]!, batch.raw(row), batch.fault[row]!);
      return;
    }
    const { bytes, starts, ends } = batch;
    const base = row * batch.width;
    const product = base + SLOT.productId;
    const customer = base + SLOT.customerId;
    let faults = checked.faults[row]!;
    if (!products.find(checked.productHash[row]!, bytes, starts[product]!, ends[product]!)) {
      if (ends[product]! > starts[product]!) faults |= PRODUCT_UNKNOWN;
    }
    if (!customers.find(checked.customerHash[row]!, bytes, starts[customer]!, ends[customer]!)) {
      if (ends[customer]! > starts[customer]!) faults |= CUSTOMER_UNKNOWN;
    }
    if (faults !== 0) this.rejectWriter.write(batch.line[row]!, batch.raw(row), faults);
    else this.writeRow(batch, row);
  }

  /** In the order of `STAGED_ROW_COLUMNS`. */
  private writeRow(batch: RecordBatch, row: number): void {
    const { rows, checked, products, customers, fileNo } = this;
    const { bytes, starts, ends } = batch;
    const base = row * batch.width;
    const productTail = products.tailEnd - products.tailStart;
    const customerTail = customers.tailEnd - customers.tailStart;
    rows.reserve(FIXED_ROW_BYTES + productTail + customerTail);
    rows.put(fileNo, 0, fileNo.length);
    rows.putInteger(batch.line[row]!);
    rows.putByte(TAB);
    for (let slot = SLOT.transactionId; slot <= SLOT.productId; slot++) {
      rows.putEscaped(bytes, starts[base + slot]!, ends[base + slot]!);
      rows.putByte(TAB);
    }
    rows.putInteger(checked.quantity[row]!);
    rows.putByte(TAB);
    rows.putMoney(checked.price[row]!);
    rows.putByte(TAB);
    rows.put(bytes, starts[base + SLOT.transactionDate]!, ends[base + SLOT.transactionDate]!);
    rows.putByte(TAB);
    putWhole(rows, this.paymentTypes[checked.paymentType[row]!]!);
    putWhole(rows, this.statuses[checked.status[row]!]!);
    this.putTotal(row);
    rows.putByte(TAB);
    putWhole(rows, this.classes[checked.amountClass[row]!]!);
    rows.put(products.pool, products.tailStart, products.tailEnd);
    rows.putByte(TAB);
    rows.put(customers.pool, customers.tailStart, customers.tailEnd);
    rows.putByte(LF);
  }

  private putTotal(row: number): void {
    const { rows, checked } = this;
    const total = checked.total[row]!;
    if (Number.isSafeInteger(total)) {
      rows.putMoney(total);
    } else {
      const digits = String(exactTotal(checked.quantity[row]!, checked.price[row]!));
      putWhole(rows, encoder.encode(`${digits.slice(0, -2)}.${digits.slice(-2)}`));
    }
  }
}

function putWhole(writer: ByteWriter, bytes: Uint8Array): void {
  writer.put(bytes, 0, bytes.length);
}

/** What the rules read of the rows of one batch, in columns. */
class CheckedRows {
  readonly faults: Int32Array;
  readonly quantity: Int32Array;
  readonly price: Float64Array;
  readonly total: Float64Array;
  readonly paymentType: Int32Array;
  readonly status: Int32Array;
  readonly amountClass: Int32Array;
  readonly productHash: Int32Array;
  readonly customerHash: Int32Array;

  constructor(capacity: number) {
    this.faults = new Int32Array(capacity);
    this.quantity = new Int32Array(capacity);
    this.price = new Float64Array(capacity);
    this.total = new Float64Array(capacity);
    this.paymentType = new Int32Array(capacity);
    this.status = new Int32Array(capacity);
    this.amountClass = new Int32Array(capacity);
    this.productHash = new Int32Array(capacity);
    this.customerHash = new Int32Array(capacity);
  }
}
