import type { Dialect } from '../dialect.ts';
import { selectMissingRights, selectNow } from '../queries/select-readiness.ts';
import type { Ask, ReaderOptions } from './ask.ts';

/** Whether the user of a database may do what runs do, and what time it is there. */
export class SqlReadiness {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  /** What the user may not do, although a run does it: `INSERT on fact_transactions`. */
  async missingRights(): Promise<readonly string[]> {
    const rows = await this.#ask(selectMissingRights(this.#dialect), 'looking at the rights of the user');
    return rows.map(({ object, missing_right: right }) => `${right} on ${object}`);
  }

  /** Milliseconds since 1970 on the clock of the database, to the second. */
  async now(): Promise<number> {
    const [row] = await this.#ask(selectNow(this.#dialect), 'looking at the clock');
    return Number(row!.now) * 1000;
  }
}
