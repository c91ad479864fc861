import { CONTENT_COLUMNS, type Policy } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { quoteLiteral } from '../quote-literal.ts';
import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE, SOURCE_FIELDS, TRANSACTION_FIELDS } from '../tables/fact-table.ts';
import type { Column } from '../tables/table-definition.ts';
import { VersionOrder } from '../version-order.ts';

/** Columns of the stored row that a decision tells, by the decision's names for them. */
const OTHER_COLUMNS = {
  other_source_key: 'source_key',
  other_source_line: 'source_line',
  other_transaction_date: 'transaction_date',
  other_status: 'status',
  other_status_rank: 'status_rank',
  other_run_id: 'run_id',
};

/** Where the verdicts on the keys of a range go. */
export interface VerdictPart {
  /** A table that other sessions see, too. */
  readonly table: string;
  /** The least key; undefined for the first part. */
  readonly from: string | undefined;
  /** The least key that comes after it; undefined for the last part. */
  readonly below: string | undefined;
}

/**
 * Builds `stage_verdict`: every staged row of the loaded files with its `verdict`, its `place` among the rows of its
 * transaction_id (1 is the best), `decided`, what `VersionOrder.compare` says of it against the stored row, and the
 * `address` of that row, where the database knows one.
 */
export function decideRows(policy: Policy, dialect: Dialect): Statement {
  const table = `CREATE TEMPORARY TABLE stage_verdict${DIALECTS[dialect].tableClauses('transaction_id')}`;
  return createVerdicts(table, () => '', policy, dialect);
}

/** As `decideRows`, for one range of keys and for Postgres, where it is another session that changes the facts. */
export function decidePart(policy: Policy, { table, from, below }: VerdictPart): Statement {
  const isInPart = (row: string) =>
    (from === undefined ? '' : ` AND ${row}.transaction_id >= ${quoteLiteral(from, 'postgres')}`) +
    (below === undefined ? '' : ` AND ${row}.transaction_id < ${quoteLiteral(below, 'postgres')}`);
  const create = `CREATE UNLOGGED TABLE ${table} WITH (autovacuum_enabled = false)`;
  return createVerdicts(create, isInPart, policy, 'postgres');
}

function createVerdicts(
  create: string,
  isInPart: (row: string) => string,
  policy: Policy,
  dialect: Dialect,
): Statement {
  const { rowAddress } = DIALECTS[dialect];
  const order = new VersionOrder(policy, dialect);
  const fixedColumns = ['file_no', ...[...TRANSACTION_FIELDS, ...SOURCE_FIELDS].filter(hasFixedWidth).map(nameOf)];
  const rowColumns = ['file_no', ...TRANSACTION_FIELDS.map(nameOf), ...SOURCE_FIELDS.map(nameOf)];
  const others = policy.decisions === 'none' ? [] : Object.entries(OTHER_COLUMNS);
  const otherNames = others.map(([name]) => name);
  const addressNames = rowAddress === undefined ? [] : ['address'];
  return toStatement(
    'decide-rows',
    // A column is found fastest behind columns of a fixed width, and where there are no NULLs before it.
    `${create} AS
SELECT ${qualify('judged', ['place', 'decided', ...fixedColumns])},
  CASE WHEN judged.place > 1 THEN 'duplicate'
    WHEN judged.stored_id IS NULL THEN 'inserted'
    WHEN judged.decided > 0 THEN CASE WHEN judged.differs = 1 THEN 'updated' ELSE 'unchanged' END
    WHEN judged.decided = 0 THEN 'unchanged'
    ELSE 'stale' END AS verdict,
  ${qualify('judged', [...rowColumns.filter((name) => !fixedColumns.includes(name)), ...addressNames, ...otherNames])}
FROM (
  SELECT ${qualify('ranked', [...rowColumns, 'place'])},${rowAddress === undefined ? '' : ` stored.${rowAddress} AS address,`}
    stored.transaction_id AS stored_id,${others.map(([name, column]) => ` stored.${column} AS ${name},`).join('')}
    CASE WHEN stored.transaction_id IS NULL THEN 0 ELSE ${order.compare('ranked', 'stored')} END AS decided,
    CASE WHEN ${listDifferences(dialect).join(' OR ')} THEN 1 ELSE 0 END AS differs
  FROM (
    SELECT ${qualify('version', rowColumns)},
      ROW_NUMBER() OVER (PARTITION BY version.transaction_id ORDER BY ${order.descending('version')}) AS place
    FROM (
      SELECT ${qualify('r', ['file_no', ...TRANSACTION_FIELDS.map(nameOf)])},
        f.source_key, f.source_day, f.source_modified, r.source_line
      FROM stage_row r
      JOIN stage_file f ON f.file_no = r.file_no
      WHERE f.status = 'loaded'${isInPart('r')}
    ) version
  ) ranked
  LEFT JOIN ${FACT_TABLE.name} stored ON stored.transaction_id = ranked.transaction_id${isInPart('stored')}
) judged`,
  );
}

/** Wrapped in the CASE of the verdict, this is looked at only where the version is greater. */
function listDifferences(dialect: Dialect): readonly string[] {
  const { exactText } = DIALECTS[dialect];
  const isText = (name: string) => {
    const kind = TRANSACTION_FIELDS.find((column) => column.name === name)!.type.kind;
    return kind === 'key' || kind === 'text';
  };
  return CONTENT_COLUMNS.map((name) => {
    const of = (row: string) => (isText(name) ? exactText(`${row}.${name}`) : `${row}.${name}`);
    return `${of('ranked')} <> ${of('stored')}`;
  });
}

function hasFixedWidth({ type }: Column): boolean {
  return type.kind !== 'key' && type.kind !== 'text' && type.kind !== 'decimal';
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function qualify(alias: string, names: readonly string[]): string {
  return names.map((name) => `${alias}.${name}`).join(', ');
}
