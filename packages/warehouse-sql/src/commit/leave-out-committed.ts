import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FILE_TABLE } from '../tables/ingest-tables.ts';

/** Files that another run committed since they were read count for nothing in this one. */
export function leaveOutCommitted(dialect: Dialect): Statement {
  const { exactText } = DIALECTS[dialect];
  return toStatement(
    'leave-out-committed',
    `UPDATE stage_file SET status = 'already-loaded'
FROM ${FILE_TABLE.name}
WHERE ${exactText(`${FILE_TABLE.name}.source_key`)} = ${exactText('stage_file.source_key')}
  AND ${FILE_TABLE.name}.content_hash = stage_file.content_hash
  AND ${FILE_TABLE.name}.status IN ('loaded', 'empty')
  AND stage_file.is_replay = 0`,
  );
}
