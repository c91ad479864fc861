import type { Reject, RejectCounts, RejectFilter, RejectQuery, RejectStore } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { countRejects, selectRejects } from '../queries/select-rejects.ts';
import { readReject, readRejectCounts } from '../results/read-reject.ts';
import type { Ask, ReaderOptions } from './ask.ts';
import { readPages } from './read-pages.ts';

const REJECTS_A_PAGE = 1000;

/** ingest_reject, beside the entries of its deliveries. How writers take turns is the adapter's matter. */
export abstract class SqlRejectStore implements RejectStore {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  readRejects(query: RejectQuery): AsyncIterable<readonly Reject[]> {
    return readPages(query, REJECTS_A_PAGE, async (page) => {
      const statement = selectRejects({ ...query, ...page }, this.#dialect);
      return (await this.#ask(statement, 'reading rejects')).map(readReject);
    });
  }

  async countRejects(filter: RejectFilter): Promise<RejectCounts> {
    const [row] = await this.#ask(countRejects(filter, this.#dialect), 'counting rejects');
    return readRejectCounts(row!);
  }

  async dismissRejects(filter: RejectFilter): Promise<number> {
    return filter.state === undefined || filter.state === 'open' ? this.dismissOpen(filter) : 0;
  }

  /** Holds the lock of writers: a replay sees a reject dismissed before its commit or after it, never between. */
  protected abstract dismissOpen(filter: RejectFilter): Promise<number>;
}
