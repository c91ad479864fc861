import { randomUUID } from 'node:crypto';
import { type AmountTotal, decodeStagedLines, type Fact, type FactReader, type TotalsQuery } from '@weir/core';
import {
  isStorableText,
  readFact,
  readFactRow,
  readTotals,
  selectFact,
  selectFacts,
  selectTotals,
} from '@weir/warehouse-sql';
import { readStagedObjects } from '../s3/read-staged-objects.ts';
import type { DataApiSession } from './data-api-session.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, unload } from './unload.ts';
import { wholeLines } from './whole-lines.ts';

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
      for await (const lines of wholeLines(readStagedObjects(client, bucket, keys!), BYTES_A_BATCH)) {
        yield decodeStagedLines(lines).map(readFact);
      }
    } finally {
      await removeUnloaded(this.#staging, [...keys!, `${prefix}manifest`]);
    }
  }

  async totals(query: TotalsQuery): Promise<readonly AmountTotal[]> {
    return readTotals(await this.#session.query(selectTotals(query, 'redshift'), 'adding up amounts'));
  }

  async fact(transactionId: string): Promise<Fact | undefined> {
    if (!isStorableText(transactionId)) return undefined;
    const [row] = await this.#session.query(selectFact(transactionId, 'redshift'), 'reading a fact');
    return row === undefined ? undefined : readFactRow(row);
  }
}
