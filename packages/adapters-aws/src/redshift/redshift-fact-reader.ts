import { randomUUID } from 'node:crypto';
import { decodeStagedLines, type Fact } from '@weir/core';
import { readFact, SqlFactReader, selectFacts } from '@weir/warehouse-sql';
import { readStagedObjects } from '../s3/read-staged-objects.ts';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, unload } from './unload.ts';
import { wholeLines } from './whole-lines.ts';

/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_A_BATCH = 256 * 1024;

/** The fact table as one stream of one state, by way of the staging place. */
export class RedshiftFactReader extends SqlFactReader {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    super(askRedshift(session));
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
}
