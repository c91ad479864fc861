import { failWhereAny } from '../fail-where-any.ts';
import { type Statement, toStatement } from '../statement.ts';

/** Files of which the stage does not hold what the transform counted: none, or nothing may be committed. */
export function selectCountMismatches(): Statement {
  return toStatement('select-count-mismatches', `${MISMATCHES}\nORDER BY counted.file_no`);
}

/** Ends the transaction where there is such a file. */
export function checkCounts(): Statement {
  return toStatement('check-counts', `${failWhereAny('counts_match')} FROM (\n${MISMATCHES}\n) mismatch`);
}

const MISMATCHES = `SELECT counted.file_no, counted.source_key, counted.rows_read, counted.rejected, counted.staged_rows, counted.staged_rejects
FROM (
  SELECT f.file_no, f.source_key, f.read AS rows_read, f.rejected,
    CASE WHEN f.status = 'loaded' THEN COALESCE(r.staged, 0) ELSE 0 END AS staged_rows,
    CASE WHEN f.status = 'loaded' THEN COALESCE(j.staged, 0) ELSE 0 END AS staged_rejects
  FROM stage_file f
  LEFT JOIN (SELECT file_no, COUNT(*) AS staged FROM stage_row GROUP BY file_no) r ON r.file_no = f.file_no
  LEFT JOIN (SELECT file_no, COUNT(*) AS staged FROM stage_reject GROUP BY file_no) j ON j.file_no = f.file_no
  WHERE f.status IN ('loaded', 'empty')
) counted
WHERE counted.staged_rows <> counted.rows_read - counted.rejected OR counted.staged_rejects <> counted.rejected`;
