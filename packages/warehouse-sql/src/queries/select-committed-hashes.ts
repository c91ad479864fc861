import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { FILE_TABLE } from '../tables/ingest-tables.ts';

/**
 * Rows `source_key, content_hash` of what was committed under the keys. On Redshift trailing blanks of a key do not count,
 * so that rows of other keys may be among them.
 *
 * @param keys 1 to 1000
 */
export function selectCommittedHashes(keys: readonly string[], dialect: Dialect): Statement {
  const values = new ParameterList('select-committed-hashes', dialect);
  return values.toStatement(
    `SELECT source_key, content_hash FROM ${FILE_TABLE.name}
WHERE status IN ('loaded', 'empty') AND source_key IN (${keys.map((key) => values.text(key)).join(', ')})`,
  );
}
