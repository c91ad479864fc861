import {
  BIGINT,
  CODE,
  CONTENT_HASH,
  DATE,
  INTEGER,
  LONG_TEXT,
  RUN_ID,
  SMALLINT,
  SOURCE_KEY,
  TIMESTAMP,
} from './column-types.ts';
import { TRANSACTION_FIELDS } from './fact-table.ts';
import type { TableDefinition } from './table-definition.ts';

/** Columns as `STAGED_ROW_COLUMNS`. */
export const STAGE_ROW_TABLE: TableDefinition = {
  name: 'stage_row',
  columns: [{ name: 'file_no', type: INTEGER }, { name: 'source_line', type: BIGINT }, ...TRANSACTION_FIELDS],
  distribution: 'transaction_id',
};

/** Columns as `STAGED_REJECT_COLUMNS`. */
export const STAGE_REJECT_TABLE: TableDefinition = {
  name: 'stage_reject',
  columns: [
    { name: 'file_no', type: INTEGER },
    { name: 'source_line', type: BIGINT },
    { name: 'raw_record', type: LONG_TEXT },
    { name: 'raw_encoding', type: CODE },
    { name: 'raw_truncated', type: SMALLINT },
    { name: 'faults', type: LONG_TEXT },
  ],
};

/** What is the same for all rows of a file; filled at the commit with the lines of `encodeStagedFiles`. */
export const STAGE_FILE_TABLE: TableDefinition = {
  name: 'stage_file',
  columns: [
    { name: 'file_no', type: INTEGER },
    { name: 'source_key', type: SOURCE_KEY },
    { name: 'content_hash', type: CONTENT_HASH },
    // As in FileToCommit, and `already-loaded`.
    { name: 'status', type: CODE },
    { name: 'refusal_code', type: CODE },
    { name: 'refusal_message', type: LONG_TEXT },
    { name: 'size_bytes', type: BIGINT },
    { name: 'source_day', type: DATE },
    { name: 'source_modified', type: TIMESTAMP },
    { name: 'header', type: LONG_TEXT },
    { name: 'blank_lines', type: BIGINT },
    { name: 'read', type: BIGINT },
    { name: 'rejected', type: BIGINT },
    { name: 'rejects_by_code', type: LONG_TEXT },
    // 1 where the rows are rejects of a delivery, read again; its status is `loaded` then, as that of a delivery.
    { name: 'is_replay', type: SMALLINT },
  ],
  primaryKey: ['file_no'],
};

/**
 * Takes one row for each check of a commit. A check that fails gives NULL, and the statement with it, in both dialects:
 * that ends the transaction even where nobody reads a result between two statements.
 */
export const STAGE_CHECK_TABLE: TableDefinition = {
  name: 'stage_check',
  columns: [
    { name: 'run_is_new', type: SMALLINT },
    { name: 'counts_match', type: SMALLINT },
    { name: 'books_close', type: SMALLINT },
    { name: 'keys_are_unique', type: SMALLINT },
    { name: 'rejects_are_open', type: SMALLINT },
    { name: 'run_can_be_undone', type: SMALLINT },
    { name: 'undo_is_current', type: SMALLINT },
  ],
};

export const STAGE_TABLES = [STAGE_ROW_TABLE, STAGE_REJECT_TABLE, STAGE_FILE_TABLE, STAGE_CHECK_TABLE];

/** Where the rows of an undo come from; filled with the lines of `encodeUndoSources`. */
export const STAGE_UNDO_SOURCE_TABLE: TableDefinition = {
  name: 'stage_undo_source',
  columns: [
    { name: 'file_no', type: INTEGER },
    { name: 'run_id', type: RUN_ID },
    { name: 'source_key', type: SOURCE_KEY },
  ],
  primaryKey: ['file_no'],
};

export const UNDO_TABLES = [STAGE_ROW_TABLE, STAGE_UNDO_SOURCE_TABLE, STAGE_CHECK_TABLE];
