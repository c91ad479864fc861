import type { DayRange, DeliveryDay, DeliveryLog, FileQuery, LoggedFile } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { selectDays, selectFiles } from '../queries/select-files.ts';
import { readLoggedFile } from '../results/read-books.ts';
import { readDeliveryDay } from '../results/read-delivery-day.ts';
import type { Ask, ReaderOptions } from './ask.ts';
import { readPages } from './read-pages.ts';

const FILES_A_PAGE = 1000;

/** What was delivered, from ingest_file. */
export class SqlDeliveryLog implements DeliveryLog {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  files(query: FileQuery): AsyncIterable<readonly LoggedFile[]> {
    return readPages(query, FILES_A_PAGE, async (page) => {
      const statement = selectFiles({ ...query, ...page }, this.#dialect);
      return (await this.#ask(statement, 'reading what was delivered')).map(readLoggedFile);
    });
  }

  async days(range: DayRange): Promise<readonly DeliveryDay[]> {
    return (await this.#ask(selectDays(range, this.#dialect), 'adding up days')).map(readDeliveryDay);
  }
}
