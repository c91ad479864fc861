import type { DayRange, DeliveryDay, DeliveryLog, FileQuery, LoggedFile } from '@weir/core';
import { readDeliveryDay, readLoggedFile, readPages, selectDays, selectFiles } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

const FILES_A_PAGE = 1000;

/** What was delivered, from ingest_file. */
export class RedshiftDeliveryLog implements DeliveryLog {
  readonly #session: DataApiSession;

  constructor({ session }: { readonly session: DataApiSession }) {
    this.#session = session;
  }

  files(query: FileQuery): AsyncIterable<readonly LoggedFile[]> {
    return readPages(query, FILES_A_PAGE, async (page) => {
      const statement = selectFiles({ ...query, ...page }, 'redshift');
      return (await this.#session.query(statement, 'reading what was delivered')).map(readLoggedFile);
    });
  }

  async days(range: DayRange): Promise<readonly DeliveryDay[]> {
    return (await this.#session.query(selectDays(range, 'redshift'), 'adding up days')).map(readDeliveryDay);
  }
}
