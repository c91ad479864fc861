import { readHiveDay, readSourceDay } from '../intake/read-source-day.ts';
import { isDamage, unpack } from '../intake/unpack.ts';
import type { Policy } from '../policy/policy.ts';
import type { LandedContent, LandedFile } from '../ports/landing-zone.port.ts';
import type { RowWorkers } from '../ports/row-workers.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { DeliveredFile, FileRefusal, StageWriter } from '../ports/warehouse.port.ts';
import type { FaultCode } from '../rules/faults.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';
import type { RowTally } from '../staging/row-path.ts';
import { openRows } from './rows/open-rows.ts';
import type { Rows } from './rows/rows.ts';

export interface TransformOptions {
  readonly unpacker: Unpacker;
  readonly policy: Policy;
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  readonly batchSize: number | undefined;
  /** Without them this thread reads all rows. */
  readonly workers?: RowWorkers | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (bytes: number, rows: number) => void;
}

/** See `ReadDelivery`. */
export interface TransformedFile {
  readonly file: DeliveredFile;
  readonly ignoredColumns: readonly string[];
  readonly firstRejects: Readonly<Partial<Record<FaultCode, number>>>;
}

/** Reads one delivery to its end, writes its rows and rejects and tells what it held. */
export async function transformFile(
  landed: LandedFile,
  content: LandedContent,
  fileNo: number,
  writer: StageWriter,
  options: TransformOptions,
): Promise<TransformedFile> {
  const { policy, products, customers, batchSize, workers } = options;
  const fileDay = readHiveDay(landed.key);
  const rows = openRows(landed.size, { policy, fileNo, fileDay, products, customers, batchSize }, writer, workers);
  const counted = countBytes(content.chunks);
  const damage = await readRows(landed.key, counted, rows, options);

  const tally = rows.tally();
  const refusal = damage ?? rows.refusal ?? checkRejectRate(tally, policy);
  return {
    file: {
      fileNo,
      key: landed.key,
      contentHash: content.contentHash(),
      status: refusal !== undefined ? 'refused' : tally.read === 0 ? 'empty' : 'loaded',
      refusal,
      size: counted.bytes,
      sourceDay: readSourceDay(landed.key, landed.modifiedAt),
      sourceModified: landed.modifiedAt,
      header: rows.header?.text ?? '',
      read: tally.read,
      blankLines: tally.blankLines,
      rejected: tally.rejected,
      rejectsByCode: tally.rejectsByCode,
    },
    ignoredColumns: rows.header?.ignored ?? [],
    firstRejects: tally.firstRejects,
  };
}

/** Also reads what comes after the place where a file turned out bad: the hash is over all bytes. */
async function readRows(
  key: string,
  counted: CountedBytes,
  rows: Rows,
  { unpacker, signal, onProgress }: TransformOptions,
): Promise<FileRefusal | undefined> {
  try {
    for await (const chunk of unpack(unpacker, key, counted)) {
      signal?.throwIfAborted();
      await rows.push(chunk);
      onProgress(counted.bytes, rows.read);
      if (rows.refusal !== undefined) break;
    }
    // What is left of a refused file is hashed, but not unpacked: gzip data may hold a thousand times as much.
    if (rows.refusal !== undefined) await counted.drain();
    if (counted.bytes > 0) await rows.end();
  } catch (error) {
    if (!isDamage(error)) throw error;
    await counted.drain();
    await rows.end();
    return { code: 'file-not-text', message: `${error.message}; deliver the file again` };
  } finally {
    rows.close();
  }
  onProgress(counted.bytes, rows.read);
  return undefined;
}

function checkRejectRate({ read, rejected }: RowTally, { maxRejectRate }: Policy): FileRefusal | undefined {
  // The quotient, not the product: 29 / 100 is the number that 0.29 is, and 100 x 0.29 is not 29. No rows give NaN.
  if (!(rejected / read > maxRejectRate)) return undefined;
  const share = ((rejected / read) * 100).toFixed(1);
  return {
    code: 'reject-rate-exceeded',
    message: `${rejected} of ${read} rows are rejected (${share} %), more than maxRejectRate ${maxRejectRate}`,
  };
}

interface CountedBytes extends AsyncIterable<Uint8Array> {
  readonly bytes: number;
  /** Reads what is left. */
  drain(): Promise<void>;
}

function countBytes(chunks: AsyncIterable<Uint8Array>): CountedBytes {
  const iterator = chunks[Symbol.asyncIterator]();
  const counted = {
    bytes: 0,
    async next(): Promise<IteratorResult<Uint8Array>> {
      const result = await iterator.next();
      if (result.done !== true) counted.bytes += result.value.length;
      return result;
    },
    async drain(): Promise<void> {
      while ((await counted.next()).done !== true);
    },
    // Without `return`: who stops early can still drain; the content is freed by its own `close`.
    [Symbol.asyncIterator]: () => ({ next: () => counted.next() }),
  };
  return counted;
}
