import type { TextRow } from '../../src/index.ts';

export const TIME = '2023-03-15 06:30:00.250';
export const MOMENT = Date.UTC(2023, 2, 15, 6, 30, 0, 250);
export const BOOKS = { read: 21, inserted: 1, updated: 2, unchanged: 3, stale: 4, duplicate: 5, rejected: 6 };
export const BOOK_ROW: TextRow = Object.fromEntries(
  Object.entries(BOOKS).map(([name, count]) => [name, String(count)]),
);
export const FILE_ROW: TextRow = {
  ...BOOK_ROW,
  run_id: 'run-1',
  loaded_at: TIME,
  source_key: 'a.csv',
  content_hash: 'sha256:a',
  status: 'loaded',
  refusal_code: null,
  refusal_message: null,
  size_bytes: '4096',
  source_day: '2023-03-15',
  source_modified: TIME,
  blank_lines: '7',
  rejects_by_code: '{"price-negative":6}',
};
export const FILE = {
  key: 'a.csv',
  contentHash: 'sha256:a',
  status: 'loaded',
  refusal: undefined,
  size: 4096,
  sourceDay: '2023-03-15',
  sourceModified: MOMENT,
  blankLines: 7,
  books: BOOKS,
  rejectsByCode: { 'price-negative': 6 },
};
export const RUN_ROW: TextRow = {
  ...BOOK_ROW,
  run_id: 'run-1',
  status: 'succeeded',
  started_at: TIME,
  finished_at: TIME,
  undone_at: null,
  policy_hash: 'sha256:p',
  files: '2',
  warnings: '["Mind."]',
  error: null,
  listing_ms: '5',
  dimensions_ms: null,
  reading_ms: '0',
  committing_ms: null,
};
