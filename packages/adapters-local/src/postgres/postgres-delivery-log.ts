import type { DayRange, DeliveryDay, DeliveryLog, FileQuery, LoggedFile } from '@weir/core';
import { readDeliveryDay, readLoggedFile, readPages, selectDays, selectFiles } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSessions } from './postgres-sessions.ts';

const FILES_A_PAGE = 1000;

/** What was delivered, from ingest_file. */
export class PostgresDeliveryLog implements DeliveryLog {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  files(query: FileQuery): AsyncIterable<readonly LoggedFile[]> {
    return readPages(query, FILES_A_PAGE, async (page) => {
      const statement = selectFiles({ ...query, ...page }, 'postgres');
      const { rows } = await this.#sessions.use('reading what was delivered', (session) => session.run(statement));
      return rows.map(readLoggedFile);
    });
  }

  async days(range: DayRange): Promise<readonly DeliveryDay[]> {
    const statement = selectDays(range, 'postgres');
    const { rows } = await this.#sessions.use('adding up days', (session) => session.run(statement));
    return rows.map(readDeliveryDay);
  }
}
