import { type DayRange, type FileQuery, listDays } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { dateText, timestampText } from '../format-timestamp.ts';
import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE } from '../tables/ingest-tables.ts';
import { isBeyond } from './is-beyond.ts';

/** What is told of the entry of a file, without its run. */
export const FILE_COLUMNS = `source_key, content_hash, status, refusal_code, refusal_message, size_bytes, ${dateText('source_day')} AS source_day, ${timestampText('source_modified')} AS source_modified, blank_lines, ${BOOK_COLUMNS.join(', ')}, rejects_by_code`;

/** Entries of files of one page, in the order of their places. `query.limit` is that of the page. */
export function selectFiles(query: FileQuery & { readonly limit: number }, dialect: Dialect): Statement {
  const { after, limit, statuses, ...range } = query;
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`${limit} is no limit of a page.`);
  const values = new ParameterList('select-files', dialect);
  const { exactText } = DIALECTS[dialect];
  const conditions = [
    ...listConditions(range, values),
    ...(statuses === undefined ? [] : [`f.status IN (${statuses.map((status) => values.text(status)).join(', ')})`]),
    ...(after === undefined
      ? []
      : [
          isBeyond(
            '>',
            [
              { column: 'f.source_day', value: () => toDate(after.sourceDay, values) },
              { column: exactText('f.source_key'), value: () => exactText(values.text(after.key)) },
              { column: 'f.run_id', value: () => values.text(after.runId) },
            ],
            dialect,
          ),
        ]),
  ];
  return values.toStatement(`SELECT run_id, ${timestampText('loaded_at')} AS loaded_at, ${FILE_COLUMNS}
FROM ${FILE_TABLE.name} f
${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}\n` : ''}ORDER BY f.source_day, ${exactText('f.source_key')}, f.run_id
LIMIT ${limit}`);
}

/**
 * One row a source day with any delivery, in order: `source_day`, numbers of files by status, the books of those that were loaded.
 * Refused files apart: to count the different ones all would have to be sorted.
 */
export function selectDays(range: DayRange, dialect: Dialect): Statement {
  listDays(range);
  const values = new ParameterList('select-days', dialect);
  const ofRange = (statuses: string) => [...listConditions(range, values), `f.status IN (${statuses})`].join(' AND ');
  const ofStatus = (status: string, sum: string) => `CASE WHEN f.status = '${status}' THEN ${sum} ELSE 0 END`;
  const loaded = BOOK_COLUMNS.map((name) => `${ofStatus('loaded', `SUM(f.${name})`)} AS ${name}`);
  const sums = ['loaded_files', 'empty_files', 'refused_files', ...BOOK_COLUMNS];
  return values.toStatement(`SELECT ${dateText('d.source_day')} AS source_day, ${sums.map((name) => `SUM(d.${name}) AS ${name}`).join(', ')}
FROM (
  SELECT f.source_day, ${ofStatus('loaded', 'COUNT(*)')} AS loaded_files, ${ofStatus('empty', 'COUNT(*)')} AS empty_files, 0 AS refused_files,
    ${loaded.join(',\n    ')}
  FROM ${FILE_TABLE.name} f
  WHERE ${ofRange("'loaded', 'empty'")}
  GROUP BY f.source_day, f.status
  UNION ALL
  SELECT f.source_day, 0, 0, COUNT(DISTINCT f.content_hash || f.source_key), ${BOOK_COLUMNS.map(() => '0').join(', ')}
  FROM ${FILE_TABLE.name} f
  WHERE ${ofRange("'refused'")}
  GROUP BY f.source_day
) d
GROUP BY d.source_day
ORDER BY d.source_day`);
}

function listConditions({ fromDay, toDay }: Partial<DayRange>, values: ParameterList): readonly string[] {
  return [
    ...(fromDay === undefined ? [] : [`f.source_day >= ${toDate(fromDay, values)}`]),
    ...(toDay === undefined ? [] : [`f.source_day <= ${toDate(toDay, values)}`]),
  ];
}

function toDate(day: string, values: ParameterList): string {
  return `CAST(${values.text(day)} AS DATE)`;
}
