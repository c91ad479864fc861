import { FAULTS, type FaultCode } from '@weir/core';
import { timestampText } from '../format-timestamp.ts';
import { type Statement, toStatement } from '../statement.ts';
import { BOOK_COLUMNS, FILE_TABLE, REJECT_TABLE, RUN_TABLE } from '../tables/ingest-tables.ts';
import { codeColumn } from './code-column.ts';

/** One row a status of runs: how many there are, their books together, and when the last of them ended. */
export function selectRunTotals(): Statement {
  const sums = BOOK_COLUMNS.map((name) => `SUM(${name}) AS ${name}`);
  return toStatement(
    'select-run-totals',
    `SELECT status, COUNT(*) AS runs, ${sums.join(', ')}, ${timestampText('MAX(finished_at)')} AS last_finished
FROM ${RUN_TABLE.name}
GROUP BY status`,
  );
}

/**
 * One row a status of files: how many there are, and their rejected rows, a `codeColumn` for each code. Of files with the
 * same rejects by code, those are read once: most files have none, or few.
 */
export function selectFileTotals(): Statement {
  const sums = FAULTS.map(({ code }) => `SUM(files * ${countOf(code)}) AS ${codeColumn(code)}`);
  return toStatement(
    'select-file-totals',
    `SELECT status, SUM(files) AS files,
  ${sums.join(',\n  ')}
FROM (SELECT status, rejects_by_code, COUNT(*) AS files FROM ${FILE_TABLE.name} GROUP BY status, rejects_by_code) f
GROUP BY status`,
  );
}

/** One row with `open_rejects`. */
export function countAllOpenRejects(): Statement {
  return toStatement(
    'count-open-rejects',
    `SELECT COUNT(*) AS open_rejects\nFROM ${REJECT_TABLE.name}\nWHERE state = 'open'`,
  );
}

/** The number behind a code in a file's rejects by code, which is JSON without blanks. The dialects share no JSON functions. */
function countOf(code: FaultCode): string {
  const behind = `SPLIT_PART(rejects_by_code, '"${code}":', 2)`;
  return `CAST(NULLIF(SPLIT_PART(SPLIT_PART(${behind}, ',', 1), '}', 1), '') AS BIGINT)`;
}
