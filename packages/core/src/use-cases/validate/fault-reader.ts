import type { Header } from '../../intake/read-header.ts';
import { RecordReader } from '../../intake/record-reader.ts';
import type { Fault } from '../../rules/faults.ts';
import { MAX_ID_BYTES } from '../../rules/row-rules.ts';
import { TRANSACTION_COLUMNS } from '../../rules/transaction-columns.ts';
import { decodeStagedLines } from '../../staging/staged-text.ts';
import type { FoundFault } from './found-fault.ts';

const MOST_CHARACTERS = 200;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Tells the faults of staged rejects of one file, with the values that they are about: these are read from the raw records. */
export class FaultReader {
  private readonly header: Header;
  private readonly maxRecordBytes: number;
  private reader: RecordReader | undefined;
  private values: Readonly<Record<string, string>> | undefined;

  constructor(header: Header, maxRecordBytes: number) {
    this.header = header;
    this.maxRecordBytes = maxRecordBytes;
  }

  /** @param lines whole lines with the columns `STAGED_REJECT_COLUMNS` */
  read(lines: Uint8Array): readonly FoundFault[] {
    return decodeStagedLines(lines).flatMap(([, line, raw, encoding, isTruncated, faults]) => {
      const record = encoding === 'text' ? raw : undefined;
      const values = record === undefined || isTruncated === '1' ? undefined : this.readValues(record);
      return (JSON.parse(faults!) as readonly Fault[]).map(({ code, column, message }) => {
        const value = column === '' ? record : values?.[column];
        return { line: Number(line), column, value: value === undefined ? undefined : cut(value), code, message };
      });
    });
  }

  /** By column; undefined where the record is not well formed. */
  private readValues(record: string): Readonly<Record<string, string>> | undefined {
    this.values = undefined;
    this.reader ??= this.openReader();
    this.reader.moveTo(1);
    this.reader.push(encoder.encode(`${record}\n`));
    if (!this.reader.isBetweenRecords) {
      // A quote that stands open waits for more: here is the end, and the next record needs a reader of its own.
      this.reader.end();
      this.reader = undefined;
    }
    return this.values;
  }

  private openReader(): RecordReader {
    return new RecordReader({
      columns: TRANSACTION_COLUMNS,
      maxRecordBytes: this.maxRecordBytes,
      maxValueBytes: MAX_ID_BYTES,
      batchSize: 1,
      onBatch: ({ bytes, starts, ends, fault }) => {
        if (fault[0] !== 0) return;
        const texts = TRANSACTION_COLUMNS.map((_, slot) => decoder.decode(bytes.subarray(starts[slot], ends[slot])));
        const values = Object.fromEntries(TRANSACTION_COLUMNS.map((column, slot) => [column, texts[slot]!]));
        this.values = { ...values, total_amount: `${values.quantity} x ${values.price}` };
      },
      start: { header: this.header, line: 1 },
    });
  }
}

function cut(value: string): string {
  return value.length <= MOST_CHARACTERS ? value : `${value.slice(0, MOST_CHARACTERS).toWellFormed()}…`;
}
