import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';

/** The first rejects of each file. */
export function selectPreviewedRejects(most: number, dialect: Dialect): Statement {
  const values = new ParameterList('select-previewed-rejects', dialect);
  return values.toStatement(`SELECT f.source_key, r.source_line, r.faults
FROM (
  SELECT file_no, source_line, faults, ROW_NUMBER() OVER (PARTITION BY file_no ORDER BY source_line) AS nth
  FROM stage_reject
) r
JOIN stage_file f ON f.file_no = r.file_no
WHERE f.status = 'loaded' AND r.nth <= ${values.integer(most)}
ORDER BY f.file_no, r.source_line`);
}
