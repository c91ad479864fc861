import type { Dialect } from '../dialect.ts';
import type { TextRow } from '../results/text-row.ts';
import type { Statement } from '../statement.ts';

/**
 * Runs a statement that only reads; all of its rows.
 *
 * @param doing for the message of an error, such as `reading decisions`
 * @throws PortError
 */
export type Ask = (statement: Statement, doing: string) => Promise<readonly TextRow[]>;

/** What a reader needs of its database: the readers of all databases are the same. */
export interface ReaderOptions {
  readonly dialect: Dialect;
  readonly ask: Ask;
}
