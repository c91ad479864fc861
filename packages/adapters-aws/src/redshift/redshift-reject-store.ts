import type { Reject, RejectCounts, RejectFilter, RejectQuery, RejectStore } from '@weir/core';
import {
  countRejects,
  dismissRejects,
  lockWriters,
  readPages,
  readReject,
  readRejectCounts,
  selectRejects,
} from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

const REJECTS_A_PAGE = 1000;

/** ingest_reject, beside the entries of its deliveries. */
export class RedshiftRejectStore implements RejectStore {
  readonly #session: DataApiSession;

  constructor({ session }: { readonly session: DataApiSession }) {
    this.#session = session;
  }

  readRejects(query: RejectQuery): AsyncIterable<readonly Reject[]> {
    return readPages(query, REJECTS_A_PAGE, async (page) => {
      const statement = selectRejects({ ...query, ...page }, 'redshift');
      return (await this.#session.query(statement, 'reading rejects')).map(readReject);
    });
  }

  async countRejects(filter: RejectFilter): Promise<RejectCounts> {
    const [row] = await this.#session.query(countRejects(filter, 'redshift'), 'counting rejects');
    return readRejectCounts(row!);
  }

  /**
   * Holds the lock of writers: a replay sees a reject dismissed before its commit or after it, never between. Where the
   * answer of a try was lost, what that one dismissed is not in the number.
   */
  async dismissRejects(filter: RejectFilter): Promise<number> {
    if (filter.state !== undefined && filter.state !== 'open') return 0;
    const statements = [lockWriters(), dismissRejects(filter, 'redshift')];
    const { counts } = await this.#session.transact(statements, 'dismissing rejects');
    return counts.get('dismiss-rejects') ?? 0;
  }
}
