import type { RejectFilter } from '@weir/core';
import { dismissRejects, lockWriters, SqlRejectStore } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';

/** ingest_reject, beside the entries of its deliveries. */
export class RedshiftRejectStore extends SqlRejectStore {
  readonly #session: DataApiSession;

  constructor({ session }: { readonly session: DataApiSession }) {
    super(askRedshift(session));
    this.#session = session;
  }

  /** Where the answer of a try was lost, what that one dismissed is not in the number. */
  protected override async dismissOpen(filter: RejectFilter): Promise<number> {
    const statements = [lockWriters(), dismissRejects(filter, 'redshift')];
    const { counts } = await this.#session.transact(statements, 'dismissing rejects');
    return counts.get('dismiss-rejects') ?? 0;
  }
}
