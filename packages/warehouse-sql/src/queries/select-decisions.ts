import { MOST_DECISIONS } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { dateText, timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { DECISION_TABLE, FILE_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';

/**
 * What was decided about one transaction, newest first, as many as the port gives. The day and the time of the other row are
 * those of its delivery: they are not kept with the decision.
 */
export function selectDecisions(transactionId: string, dialect: Dialect): Statement {
  const values = new ParameterList('select-decisions', dialect);
  const { exactText } = DIALECTS[dialect];
  return values.toStatement(`SELECT d.run_id, d.verdict, d.decided_by, ${timestampText('d.decided_at')} AS decided_at, ${timestampText('r.undone_at')} AS undone_at,
  d.source_key, d.source_line, ${dateText('d.source_day')} AS source_day, ${timestampText('d.source_modified')} AS source_modified,
  ${dateText('d.transaction_date')} AS transaction_date, d.status, d.status_rank,
  d.other_run_id, d.other_source_key, d.other_source_line,
  ${dateText('f.source_day')} AS other_source_day, ${timestampText('f.source_modified')} AS other_source_modified,
  ${dateText('d.other_transaction_date')} AS other_transaction_date, d.other_status, d.other_status_rank
FROM ${DECISION_TABLE.name} d
LEFT JOIN ${RUN_TABLE.name} r ON r.run_id = d.run_id
LEFT JOIN ${FILE_TABLE.name} f ON f.run_id = COALESCE(d.other_run_id, d.run_id) AND ${exactText('f.source_key')} = ${exactText('d.other_source_key')}
WHERE d.transaction_id = ${values.text(transactionId)}
ORDER BY d.decided_at DESC, d.run_id DESC, ${exactText('d.source_key')} DESC, d.source_line DESC
LIMIT ${MOST_DECISIONS}`);
}
