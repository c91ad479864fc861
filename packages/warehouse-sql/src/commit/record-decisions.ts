import type { Policy } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { ParameterList } from '../parameter-list.ts';
import { type Statement, toStatement } from '../statement.ts';
import { DECISION_TABLE } from '../tables/ingest-tables.ts';
import { columnNames } from '../tables/table-definition.ts';
import { VersionOrder } from '../version-order.ts';
import type { RunToRecord } from './run-to-record.ts';

/** Keeps why rows won or lost, as far as the policy wants to know. */
export function recordDecisions(run: RunToRecord, dialect: Dialect): readonly Statement[] {
  return listSources(run.policy, dialect).map((source) => {
    const values = new ParameterList(source.name, dialect);
    return values.toStatement(
      `INSERT INTO ${DECISION_TABLE.name} (${COLUMNS})\n${selectDecisions(run, source, values)}`,
    );
  });
}

/** Writes what `recordDecisions` would write to a table that another session sees, for Postgres. */
export function prepareDecisions(run: RunToRecord, table: string): Statement {
  const values = new ParameterList('prepare-decisions', 'postgres');
  const selects = listSources(run.policy, 'postgres').map((source) => selectDecisions(run, source, values));
  return values.toStatement(
    `CREATE UNLOGGED TABLE ${table} (${COLUMNS}) WITH (autovacuum_enabled = false) AS\n${selects.join('\nUNION ALL\n')}`,
  );
}

/** In place of `recordDecisions`, where that table has what it would write. */
export function takeDecisions({ decisions }: Policy, table: string): readonly Statement[] {
  if (decisions === 'none') return [];
  return [
    toStatement('take-decisions', `INSERT INTO ${DECISION_TABLE.name} (${COLUMNS})\nSELECT ${COLUMNS} FROM ${table}`),
  ];
}

function listSources(policy: Policy, dialect: Dialect): readonly DecisionSource[] {
  if (policy.decisions === 'none') return [];
  const order = new VersionOrder(policy, dialect);
  return [againstStoredRows(order, policy.decisions), againstRowsOfTheRun(order)];
}

function againstStoredRows(order: VersionOrder, decisions: Policy['decisions']): DecisionSource {
  const verdicts = decisions === 'all' ? '' : ` AND v.verdict IN ('updated', 'stale')`;
  const others = columnNames(DECISION_TABLE).filter((name) => name.startsWith('other_'));
  return {
    name: 'record-decisions',
    decidedBy: order.nameOf('v.decided'),
    others: others.map((name) => `v.${name}`),
    from: `FROM stage_verdict v\nWHERE v.place = 1${verdicts}`,
  };
}

function againstRowsOfTheRun(order: VersionOrder): DecisionSource {
  return {
    name: 'record-duplicates',
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
  };
}

interface DecisionSource {
  readonly name: string;
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

const COLUMNS = columnNames(DECISION_TABLE).join(', ');

/** The columns of a decision, in their order. */
function selectDecisions(run: RunToRecord, source: DecisionSource, values: ParameterList): string {
  return `SELECT ${values.text(run.runId)}, v.transaction_id, v.verdict, ${source.decidedBy},
  ${OWN_COLUMNS.map((column) => `v.${column}`).join(', ')},
  ${source.others.join(', ')}, ${values.timestamp(run.committedAt)}
${source.from}`;
}
