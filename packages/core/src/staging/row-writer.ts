import { LF, TAB } from '../intake/byte-kinds.ts';
import type { RecordBatch } from '../intake/record-batch.ts';
import type { Policy } from '../policy/policy.ts';
import { exactTotal } from '../rules/row-rules.ts';
import { SLOT } from '../rules/transaction-columns.ts';
import { ByteSource } from './byte-source.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { CheckedRows } from './checked-rows.ts';
import type { DimensionIndex } from './dimension-index.ts';
import { putBytes, putEscaped, putInteger, putMoney } from './put-bytes.ts';
import { escapeStagedValue } from './staged-text.ts';

export interface RowWriterOptions {
  readonly policy: Policy;
  readonly fileNo: number;
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
}

/** What a row takes at most, the tails of its dimensions apart: three ids of 64 bytes, all escaped, numbers and words. */
const FIXED_ROW_BYTES = 1024;

/** Writes good rows as staged text. What is the same for many rows is encoded once. */
export class RowWriter {
  private readonly writer: ByteWriter;
  private readonly input: ByteSource;
  private readonly products: DimensionIndex;
  private readonly customers: DimensionIndex;
  private readonly productPool = new ByteSource();
  private readonly customerPool = new ByteSource();
  private readonly fileNo: ByteSource;
  private readonly paymentTypes: readonly ByteSource[];
  private readonly statuses: readonly ByteSource[];
  private readonly classes: readonly ByteSource[];

  /** @param input the bytes of the batch */
  constructor(writer: ByteWriter, input: ByteSource, { policy, fileNo, products, customers }: RowWriterOptions) {
    this.writer = writer;
    this.input = input;
    this.products = products;
    this.customers = customers;
    this.fileNo = ByteSource.of(`${fileNo}\t`);
    this.paymentTypes = policy.paymentTypes.map((word) => ByteSource.of(`${escapeStagedValue(word)}\t`));
    this.statuses = policy.statuses.map((word, place) => ByteSource.of(`${escapeStagedValue(word)}\t${place + 1}\t`));
    this.classes = policy.amountClasses.map(({ name }) => ByteSource.of(`\t${escapeStagedValue(name)}\t`));
  }

  /** To be called before the first `write` after the indices may have grown. */
  usePools(): void {
    this.productPool.use(this.products.pool);
    this.customerPool.use(this.customers.pool);
  }

  /** In the order of `STAGED_ROW_COLUMNS`; the dimension indices stand at the entries of the row. */
  write({ line, starts, ends, width }: RecordBatch, row: number, checked: CheckedRows): void {
    const { writer, input, fileNo, products, customers } = this;
    const productTail = products.tailEnd - products.tailStart;
    const customerTail = customers.tailEnd - customers.tailStart;
    writer.reserve(FIXED_ROW_BYTES + productTail + customerTail);
    const { view } = writer;
    const base = row * width;
    let to = putBytes(view, writer.size, fileNo, 0, fileNo.length);
    to = putInteger(view, to, line[row]!);
    view.setUint8(to++, TAB);
    for (let slot = SLOT.transactionId; slot <= SLOT.productId; slot++) {
      to = putEscaped(view, to, input, starts[base + slot]!, ends[base + slot]!);
      view.setUint8(to++, TAB);
    }
    to = putInteger(view, to, checked.quantity[row]!);
    view.setUint8(to++, TAB);
    to = putMoney(view, to, checked.price[row]!);
    view.setUint8(to++, TAB);
    to = putBytes(view, to, input, starts[base + SLOT.transactionDate]!, ends[base + SLOT.transactionDate]!);
    view.setUint8(to++, TAB);
    to = putWhole(view, to, this.paymentTypes[checked.paymentType[row]!]!);
    to = putWhole(view, to, this.statuses[checked.status[row]!]!);
    to = putTotal(view, to, checked, row);
    to = putWhole(view, to, this.classes[checked.amountClass[row]!]!);
    to = putBytes(view, to, this.productPool, products.tailStart, products.tailEnd);
    view.setUint8(to++, TAB);
    to = putBytes(view, to, this.customerPool, customers.tailStart, customers.tailEnd);
    view.setUint8(to++, LF);
    writer.moveTo(to);
  }
}

function putWhole(view: DataView, to: number, source: ByteSource): number {
  return putBytes(view, to, source, 0, source.length);
}

function putTotal(view: DataView, to: number, { total, quantity, price }: CheckedRows, row: number): number {
  if (Number.isSafeInteger(total[row]!)) return putMoney(view, to, total[row]!);
  const digits = String(exactTotal(quantity[row]!, price[row]!));
  return putWhole(view, to, ByteSource.of(`${digits.slice(0, -2)}.${digits.slice(-2)}`));
}
