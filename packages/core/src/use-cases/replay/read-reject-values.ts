import { RecordReader } from '../../intake/record-reader.ts';
import type { Reject } from '../../ports/reject-store.port.ts';
import { TRANSACTION_COLUMNS, type TransactionColumn } from '../../rules/transaction-columns.ts';

const LINE_FEED = '\n';
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * What a rejected record says in each column, as it is delivered but for quotes and blanks around it. Undefined where the
 * record cannot be told apart into columns: it was not kept whole and as text, or breaks a rule about whole records.
 */
export function readRejectValues({
  header,
  rawRecord,
  rawEncoding,
  isTruncated,
}: Pick<Reject, 'header' | 'rawRecord' | 'rawEncoding' | 'isTruncated'>):
  | Readonly<Record<TransactionColumn, string>>
  | undefined {
  if (rawEncoding !== 'text' || isTruncated || header === '') return undefined;
  let values: Record<TransactionColumn, string> | undefined;
  const file = encoder.encode([header, rawRecord, ''].join(LINE_FEED));
  const reader = new RecordReader({
    columns: TRANSACTION_COLUMNS,
    maxRecordBytes: file.length,
    maxValueBytes: file.length,
    batchSize: 1,
    onBatch: ({ bytes, starts, ends, fault }) => {
      if (fault[0] !== 0) return;
      const cells = TRANSACTION_COLUMNS.map((column, slot) => {
        return [column, decoder.decode(bytes.subarray(starts[slot], ends[slot]))] as const;
      });
      values = Object.fromEntries(cells) as Record<TransactionColumn, string>;
    },
  });
  reader.push(file);
  reader.end();
  return reader.records === 1 ? values : undefined;
}
