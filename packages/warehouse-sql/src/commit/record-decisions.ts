import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { DECISION_TABLE } from '../tables/ingest-tables.ts';
import { columnNames } from '../tables/table-definition.ts';
import { VersionOrder } from '../version-order.ts';
import type { RunToRecord } from './run-to-record.ts';

/** Keeps why rows won or lost, as far as the policy wants to know. */
export function recordDecisions(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  const { decisions } = run.policy;
  if (decisions === 'none') return [];
  const verdicts = decisions === 'all' ? '' : ` AND v.verdict IN ('updated', 'stale')`;
  return [againstStoredRows(run, dialect, verdicts), againstRowsOfTheRun(run, dialect)];
}

function againstStoredRows(run: RunToRecord, dialect: Dialect, verdicts: string): Statement {
  const order = new VersionOrder(run.policy, dialect);
  const others = columnNames(DECISION_TABLE).filter((name) => name.startsWith('other_'));
  return insertDecisions('record-decisions', run, dialect, {
    decidedBy: order.nameOf('v.decided'),
    others: others.map((name) => `v.${name}`),
    from: `FROM stage_verdict v\nWHERE v.place = 1${verdicts}`,
  });
}

function againstRowsOfTheRun(run: RunToRecord, dialect: Dialect): Statement {
  const order = new VersionOrder(run.policy, dialect);
  return insertDecisions('record-duplicates', run, dialect, {
    decidedBy: order.nameOf(`(${order.compare('v', 'winner')})`),
    others: [
      'winner.source_key',
      'winner.source_line',
      'winner.transaction_date',
      'winner.status',
      'winner.status_rank',
      'NULL',
    ],
    from: `FROM stage_verdict v
JOIN stage_verdict winner ON winner.transaction_id = v.transaction_id
WHERE v.place > 1 AND winner.place = 1`,
  });
}

interface DecisionSource {
  readonly decidedBy: string;
  /** What stands in the columns `other_...`, in their order. */
  readonly others: readonly string[];
  readonly from: string;
}

const OWN_COLUMNS = [
  'source_key',
  'source_line',
  'source_day',
  'source_modified',
  'transaction_date',
  'status',
  'status_rank',
];

function insertDecisions(name: string, run: RunToRecord, dialect: Dialect, source: DecisionSource): Statement {
  const values = new ParameterList(name, dialect);
  return values.toStatement(`INSERT INTO ${DECISION_TABLE.name} (${columnNames(DECISION_TABLE).join(', ')})
SELECT ${values.text(run.runId)}, v.transaction_id, v.verdict, ${source.decidedBy},
  ${OWN_COLUMNS.map((column) => `v.${column}`).join(', ')},
  ${source.others.join(', ')}, ${values.timestamp(run.committedAt)}
${source.from}`);
}
