const COUNTED = ['inserted', 'updated', 'unchanged', 'stale', 'duplicate'] as const;

/** The books of the files in `f`, in the order of `BOOK_COLUMNS`; those of a file that is not loaded are all zero. */
export const BOOKS_OF_FILES = [
  ofLoaded('f.read'),
  ...COUNTED.map((verdict) => `COALESCE(v.${verdict}, 0)`),
  ofLoaded('f.rejected'),
];

/** The files, with their verdicts counted. */
export const FROM_FILES = `FROM stage_file f
LEFT JOIN (
  SELECT file_no, ${COUNTED.map((verdict) => `SUM(CASE WHEN verdict = '${verdict}' THEN verdicts ELSE 0 END) AS ${verdict}`).join(', ')}
  FROM stage_count
  GROUP BY file_no
) v ON v.file_no = f.file_no`;

function ofLoaded(expression: string): string {
  return `CASE WHEN f.status = 'loaded' THEN ${expression} ELSE 0 END`;
}
