import { analyzed } from '../commit/analyzed.ts';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';

/** Builds `stage_example`: the first rows of each file that would be updated. A table, so that the planner knows that they are few. */
export function chooseExamples(most: number, dialect: Dialect): readonly Statement[] {
  const values = new ParameterList('choose-examples', dialect);
  const create = `CREATE TEMPORARY TABLE stage_example${DIALECTS[dialect].tableClauses(undefined)}`;
  return [
    values.toStatement(`${create} AS
SELECT ranked.file_no, ranked.source_line, ranked.transaction_id
FROM (
  SELECT v.file_no, v.source_line, v.transaction_id,
    ROW_NUMBER() OVER (PARTITION BY v.file_no ORDER BY v.source_line) AS nth
  FROM stage_verdict v
  WHERE v.verdict = 'updated'
) ranked
WHERE ranked.nth <= ${values.integer(most)}`),
    ...analyzed('stage_example', ['transaction_id'], dialect),
  ];
}
