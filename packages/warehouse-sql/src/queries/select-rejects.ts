import { FAULTS, type FaultCode, type RejectFilter, type RejectPlace, type RejectQuery } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { dateText, timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import { quoteLiteral } from '../quote-literal.ts';
import type { Statement } from '../statement.ts';
import { FILE_TABLE, REJECT_TABLE } from '../tables/ingest-tables.ts';
import { codeColumn } from './code-column.ts';

const { name: REJECTS } = REJECT_TABLE;
/** Bytes of a record beside which the rest of its row fits into the 64 KB that the Data API gives back. */
const LONGEST_RECORD = 50_000;
const LONGEST_HEADER = 8_000;

/**
 * Rejects of one page, in the order of their places. `query.limit` is that of the page.
 *
 * The join is an outer one although each reject has its file: of an inner one over two columns that depend on each other
 * Postgres expects a row or none, so that it reads and sorts all of them.
 */
export function selectRejects(query: RejectQuery & { readonly limit: number }, dialect: Dialect): Statement {
  const { after, limit, ...filter } = query;
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`${limit} is no limit of a page.`);
  const values = new ParameterList('select-rejects', dialect);
  const { exactText } = DIALECTS[dialect];
  const conditions = [
    ...listConditions(filter, 'r', values, dialect),
    ...(after ? [isAfter(after, values, dialect)] : []),
  ];
  return values.toStatement(`SELECT r.run_id, r.source_key, r.content_hash, r.source_line, r.raw_encoding, r.faults, r.state,
  ${keptColumns(dialect)},
  ${dateText('f.source_day')} AS source_day, ${timestampText('f.source_modified')} AS source_modified,
  ${timestampText('r.first_seen')} AS first_seen, ${timestampText('r.last_seen')} AS last_seen
FROM ${REJECTS} r
LEFT JOIN ${FILE_TABLE.name} f ON ${isFileOf('r', dialect)}
${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}\n` : ''}ORDER BY ${exactText('r.source_key')}, r.content_hash, r.source_line
LIMIT ${limit}`);
}

/** One row: `rejects`, and for each code how many of them have it; `codeColumn` names its column. */
export function countRejects(filter: RejectFilter, dialect: Dialect): Statement {
  const values = new ParameterList('count-rejects', dialect);
  const conditions = listConditions(filter, 'r', values, dialect);
  const counts = FAULTS.map(({ code }) => {
    const mark = quoteLiteral(markOf(code), dialect);
    return `COUNT(CASE WHEN POSITION(${mark} IN r.faults) > 0 THEN 1 END) AS ${codeColumn(code)}`;
  });
  return values.toStatement(
    `SELECT COUNT(*) AS rejects,
  ${counts.join(',\n  ')}
FROM ${REJECTS} r
JOIN ${FILE_TABLE.name} f ON ${isFileOf('r', dialect)}
${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`.trimEnd(),
  );
}

export function dismissRejects(filter: RejectFilter, dialect: Dialect): Statement {
  const values = new ParameterList('dismiss-rejects', dialect);
  const conditions = listConditions({ ...filter, state: 'open' }, REJECTS, values, dialect);
  return values.toStatement(`UPDATE ${REJECTS}
SET state = 'dismissed'
FROM ${FILE_TABLE.name} f
WHERE ${[isFileOf(REJECTS, dialect), ...conditions].join(' AND ')}`);
}

/** The entry of the run that rejected it first. */
function isFileOf(reject: string, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  return `f.run_id = ${reject}.run_id AND ${exactText('f.source_key')} = ${exactText(`${reject}.source_key`)}`;
}

/** What is too long for one answer of the Data API is told as cut: it is shown, but not replayed. */
function keptColumns(dialect: Dialect): string {
  if (dialect === 'postgres') return 'r.raw_record, r.raw_truncated, f.header';
  const isLong = `OCTET_LENGTH(r.raw_record) > ${LONGEST_RECORD}`;
  return `CASE WHEN ${isLong} THEN '' ELSE r.raw_record END AS raw_record,
  CASE WHEN ${isLong} THEN 1 ELSE r.raw_truncated END AS raw_truncated,
  CASE WHEN OCTET_LENGTH(f.header) > ${LONGEST_HEADER} THEN '' ELSE f.header END AS header`;
}

/** @param reject name of the rejects; the entries of files are called `f` */
function listConditions(
  filter: RejectFilter,
  reject: string,
  values: ParameterList,
  dialect: Dialect,
): readonly string[] {
  const { exactText } = DIALECTS[dialect];
  const { state, codes, file, line, runId, fromDay, toDay, seenBefore } = filter;
  const ending = file === undefined ? '' : `/${file}`;
  return [
    ...(state === undefined ? [] : [`${reject}.state = ${values.text(state)}`]),
    ...(codes === undefined
      ? []
      : [`(${codes.map((code) => `POSITION(${values.text(markOf(code))} IN ${reject}.faults) > 0`).join(' OR ')})`]),
    ...(file === undefined
      ? []
      : [
          `(${exactText(`${reject}.source_key`)} = ${exactText(values.text(file))} OR ${exactText(`RIGHT(${reject}.source_key, ${[...ending].length})`)} = ${exactText(values.text(ending))})`,
        ]),
    ...(runId === undefined ? [] : [`${reject}.run_id = ${values.text(runId)}`]),
    ...(line === undefined ? [] : [`${reject}.source_line = ${values.integer(line)}`]),
    ...(fromDay === undefined ? [] : [`f.source_day >= CAST(${values.text(fromDay)} AS DATE)`]),
    ...(toDay === undefined ? [] : [`f.source_day <= CAST(${values.text(toDay)} AS DATE)`]),
    ...(seenBefore === undefined ? [] : [`${reject}.first_seen < ${values.timestamp(seenBefore)}`]),
  ];
}

/** How a fault stands in the JSON of all faults of a row. */
function markOf(code: FaultCode): string {
  return `"code":"${code}"`;
}

function isAfter({ key, contentHash, line }: RejectPlace, values: ParameterList, dialect: Dialect): string {
  const { exactText } = DIALECTS[dialect];
  const column = exactText('r.source_key');
  const keyThen = () => exactText(values.text(key));
  const hashThen = () => values.text(contentHash);
  // The first part alone lets an index be used.
  return `${column} >= ${keyThen()} AND (${column} > ${keyThen()} OR r.content_hash > ${hashThen()} OR (r.content_hash = ${hashThen()} AND r.source_line > ${values.integer(line)}))`;
}
