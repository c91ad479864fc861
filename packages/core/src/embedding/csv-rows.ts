import type { RecordBatch } from '../intake/record-batch.ts';
import { RecordReader } from '../intake/record-reader.ts';
import type { Policy } from '../policy/policy.ts';
import { faultsOf } from '../rules/faults.ts';
import { MAX_ID_BYTES, type RowRules } from '../rules/row-rules.ts';
import { SLOT, TRANSACTION_COLUMNS } from '../rules/transaction-columns.ts';
import { toValidTransaction } from '../rules/valid-transaction.ts';
import type { CsvRow } from './validation.ts';

const BATCH_SIZE = 64;
/** Bytes that are read before their rows are handed out, so that few rows are in memory. */
const CHUNK_BYTES = 64 * 1024;

/** All rows of a file that is in memory, as they are asked for. */
export function* readCsvRows(csv: Uint8Array, rules: RowRules, policy: Policy): Generator<CsvRow> {
  const rows = new CsvRows(rules, policy);
  for (let at = 0; at < csv.length; at += CHUNK_BYTES) yield* rows.push(csv.subarray(at, at + CHUNK_BYTES));
  yield* rows.end();
}

/** The same of a file that comes in chunks. */
export async function* readCsvRowsOf(
  chunks: AsyncIterable<Uint8Array>,
  rules: RowRules,
  policy: Policy,
): AsyncGenerator<CsvRow> {
  const rows = new CsvRows(rules, policy);
  for await (const chunk of chunks) yield* rows.push(chunk);
  yield* rows.end();
}

class CsvRows {
  private readonly rules: RowRules;
  private readonly policy: Policy;
  private readonly reader: RecordReader;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private rows: CsvRow[] = [];
  private isRefused = false;

  constructor(rules: RowRules, policy: Policy) {
    this.rules = rules;
    this.policy = policy;
    this.reader = new RecordReader({
      columns: TRANSACTION_COLUMNS,
      maxRecordBytes: policy.maxRecordBytes,
      maxValueBytes: MAX_ID_BYTES,
      batchSize: BATCH_SIZE,
      onBatch: (batch) => this.judge(batch),
    });
  }

  push(chunk: Uint8Array): readonly CsvRow[] {
    this.reader.push(chunk);
    return this.take();
  }

  end(): readonly CsvRow[] {
    this.reader.end();
    return this.take();
  }

  private take(): readonly CsvRow[] {
    const { refusal } = this.reader;
    if (refusal !== undefined && !this.isRefused) {
      this.isRefused = true;
      this.rows.push({ kind: 'refused', ...refusal });
    }
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private judge(batch: RecordBatch): void {
    for (let row = 0; row < batch.count; row++) this.rows.push(this.judgeRow(batch, row));
  }

  private judgeRow(batch: RecordBatch, row: number): CsvRow {
    const line = batch.line[row]!;
    const base = row * batch.width;
    const faults = batch.fault[row]! || this.rules.check(batch, base);
    if (faults !== 0) return { kind: 'rejected', line, faults: faultsOf(faults), record: batch.raw(row).slice() };
    const text = (slot: number) =>
      this.decoder.decode(batch.bytes.subarray(batch.starts[base + slot], batch.ends[base + slot]));
    const transaction = toValidTransaction(this.rules, this.policy, {
      transaction_id: text(SLOT.transactionId),
      customer_id: text(SLOT.customerId),
      product_id: text(SLOT.productId),
      transaction_date: text(SLOT.transactionDate),
    });
    return { kind: 'valid', line, transaction };
  }
}
