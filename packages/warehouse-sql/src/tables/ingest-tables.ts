import { BOOK_NAMES } from '@weir/core';
import {
  BIGINT,
  CODE,
  CONTENT_HASH,
  DATE,
  ID,
  INTEGER,
  LONG_TEXT,
  RUN_ID,
  SMALLINT,
  SOURCE_KEY,
  TIMESTAMP,
  WORD,
} from './column-types.ts';
import type { Column, TableDefinition } from './table-definition.ts';

/** The books are columns of their names, in the order of their equation. */
export const BOOK_COLUMNS = BOOK_NAMES;

/** How long the phases of a run took; NULL where that was not measured. Milliseconds. */
export const PHASE_COLUMNS = {
  listing: 'listing_ms',
  dimensions: 'dimensions_ms',
  reading: 'reading_ms',
  committing: 'committing_ms',
} as const;

const BOOKS: readonly Column[] = BOOK_COLUMNS.map((name) => ({ name, type: BIGINT }));

export const RUN_TABLE: TableDefinition = {
  name: 'ingest_run',
  columns: [
    { name: 'run_id', type: RUN_ID },
    { name: 'status', type: CODE },
    { name: 'started_at', type: TIMESTAMP },
    { name: 'finished_at', type: TIMESTAMP },
    { name: 'policy_hash', type: CONTENT_HASH },
    { name: 'files', type: INTEGER },
    ...BOOKS,
    // JSON: a list of sentences.
    { name: 'warnings', type: LONG_TEXT },
    { name: 'error', type: LONG_TEXT, isNullable: true },
    ...Object.values(PHASE_COLUMNS).map((name) => ({ name, type: BIGINT, isNullable: true, since: 3 })),
    // When it was taken back.
    { name: 'undone_at', type: TIMESTAMP, isNullable: true, since: 4 },
  ],
  primaryKey: ['run_id'],
  indexes: [['started_at']],
};

export const FILE_TABLE: TableDefinition = {
  name: 'ingest_file',
  columns: [
    { name: 'run_id', type: RUN_ID },
    { name: 'source_key', type: SOURCE_KEY },
    { name: 'content_hash', type: CONTENT_HASH },
    { name: 'status', type: CODE },
    { name: 'refusal_code', type: CODE, isNullable: true },
    { name: 'refusal_message', type: LONG_TEXT, isNullable: true },
    { name: 'size_bytes', type: BIGINT },
    { name: 'source_day', type: DATE },
    { name: 'source_modified', type: TIMESTAMP },
    { name: 'header', type: LONG_TEXT },
    { name: 'blank_lines', type: BIGINT },
    ...BOOKS,
    // JSON: rejected rows by code.
    { name: 'rejects_by_code', type: LONG_TEXT },
    { name: 'loaded_at', type: TIMESTAMP },
  ],
  primaryKey: ['run_id', 'source_key'],
  indexes: [['source_key', 'content_hash']],
};

export const REJECT_TABLE: TableDefinition = {
  name: 'ingest_reject',
  columns: [
    { name: 'run_id', type: RUN_ID },
    { name: 'source_key', type: SOURCE_KEY },
    { name: 'content_hash', type: CONTENT_HASH },
    { name: 'source_line', type: BIGINT },
    { name: 'raw_record', type: LONG_TEXT },
    { name: 'raw_encoding', type: CODE },
    { name: 'raw_truncated', type: SMALLINT },
    // JSON: a list of {code, column, message}.
    { name: 'faults', type: LONG_TEXT },
    { name: 'first_seen', type: TIMESTAMP },
    { name: 'last_seen', type: TIMESTAMP },
    { name: 'state', type: CODE },
  ],
  primaryKey: ['source_key', 'content_hash', 'source_line'],
  indexes: [['run_id']],
};

export const DECISION_TABLE: TableDefinition = {
  name: 'ingest_decision',
  columns: [
    { name: 'run_id', type: RUN_ID },
    { name: 'transaction_id', type: ID },
    { name: 'verdict', type: CODE },
    // The field of the version that decided; NULL where there was no other row, or an equal version.
    { name: 'decided_by', type: CODE, isNullable: true },
    { name: 'source_key', type: SOURCE_KEY },
    { name: 'source_line', type: BIGINT },
    { name: 'source_day', type: DATE },
    { name: 'source_modified', type: TIMESTAMP },
    { name: 'transaction_date', type: DATE },
    { name: 'status', type: WORD },
    { name: 'status_rank', type: SMALLINT },
    { name: 'other_source_key', type: SOURCE_KEY, isNullable: true },
    { name: 'other_source_line', type: BIGINT, isNullable: true },
    { name: 'other_transaction_date', type: DATE, isNullable: true },
    { name: 'other_status', type: WORD, isNullable: true },
    { name: 'other_status_rank', type: SMALLINT, isNullable: true },
    // NULL where the other row is one of the same run.
    { name: 'other_run_id', type: RUN_ID, isNullable: true },
    { name: 'decided_at', type: TIMESTAMP },
  ],
  indexes: [['transaction_id']],
  distribution: 'transaction_id',
};

/** Locked by whoever writes; readers of the other tables never wait for it. */
export const LOCK_TABLE: TableDefinition = { name: 'ingest_lock', columns: [{ name: 'place', type: SMALLINT }] };
