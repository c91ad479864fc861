import { randomUUID } from 'node:crypto';
import type { Fact } from '@weir/core';
import { readFacts, SqlFactReader, selectFacts } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';
import { readUnloaded } from './read-unloaded.ts';
import type { StagingPlace } from './staging-place.ts';

/** The fact table as one stream of one state, by way of the staging place. */
export class RedshiftFactReader extends SqlFactReader {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    super(askRedshift(session));
    this.#session = session;
    this.#staging = staging;
  }

  facts(): AsyncIterable<readonly Fact[]> {
    const order = { query: selectFacts('redshift'), prefix: `facts/${randomUUID()}/`, isOrdered: true };
    return readFacts(readUnloaded(this.#session, this.#staging, order, 'reading facts'));
  }
}
