import { CONTENT_COLUMNS } from '@weir/core';
import { dateText } from '../format-timestamp.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';

/** The rows of `stage_example` as they are stored, in columns `before_...`, and as they would be, in columns `after_...`. */
export function selectPreviewedChanges(): Statement {
  const columns = (prefix: string, row: string) =>
    CONTENT_COLUMNS.map((name) => `${toText(`${row}.${name}`, name)} AS ${prefix}_${name}`).join(', ');
  return toStatement(
    'select-previewed-changes',
    `SELECT f.source_key, e.source_line, e.transaction_id,
  ${columns('before', 'stored')},
  ${columns('after', 'v')}
FROM stage_example e
JOIN stage_file f ON f.file_no = e.file_no
JOIN stage_verdict v ON v.transaction_id = e.transaction_id
JOIN ${FACT_TABLE.name} stored ON stored.transaction_id = e.transaction_id
WHERE v.place = 1
ORDER BY e.file_no, e.source_line`,
  );
}

function toText(expression: string, name: string): string {
  const { kind } = FACT_TABLE.columns.find((column) => column.name === name)!.type;
  return kind === 'date' ? dateText(expression) : expression;
}
