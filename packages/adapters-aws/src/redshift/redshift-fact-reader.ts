import { randomUUID } from 'node:crypto';
import { type AmountTotal, decodeStagedLines, type Fact, type FactReader, type TotalsQuery } from '@weir/core';
import { readFact, readTotals, selectFacts, selectTotals } from '@weir/warehouse-sql';
import { readStagedObjects } from '../s3/read-staged-objects.ts';
import type { DataApiSession } from './data-api-session.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, unload } from './unload.ts';

const LF = 10;
const BACKSLASH = 92;
/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_A_BATCH = 256 * 1024;

/** The fact table as one stream of one state, by way of the staging place. */
export class RedshiftFactReader implements FactReader {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    this.#session = session;
    this.#staging = staging;
  }

  async *facts(): AsyncIterable<readonly Fact[]> {
    const prefix = `facts/${randomUUID()}/`;
    const order = { query: selectFacts('redshift'), prefix, isOrdered: true };
    const [keys] = await unload(this.#session, this.#staging, [order], 'reading facts');
    try {
      const { client, bucket } = this.#staging;
      for await (const lines of wholeLines(readStagedObjects(client, bucket, keys!))) {
        yield decodeStagedLines(lines).map(readFact);
      }
    } finally {
      await removeUnloaded(this.#staging, [...keys!, `${prefix}manifest`]);
    }
  }

  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    return readTotals(await this.#session.query(selectTotals(query, 'redshift'), 'adding up amounts'));
  }
}

/** Joins chunks to batches that end with a line. */
async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    const end = rest.length < BYTES_A_BATCH ? 0 : lastLineEnd(rest);
    if (end === 0) continue;
    yield rest.subarray(0, end);
    rest = rest.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

/** Behind the last line feed that is not inside a value: UNLOAD writes those with a backslash before them. */
function lastLineEnd(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(LF); at >= 0; at = bytes.lastIndexOf(LF, at - 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
    if (at === 0) break;
  }
  return 0;
}
