import type { Books, FileRecord, LoggedFile } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import type { TextRow } from './text-row.ts';

/** The books in a row of ingest_run or ingest_file. */
export function readBooks(row: TextRow): Books {
  return {
    read: Number(row.read),
    inserted: Number(row.inserted),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    stale: Number(row.stale),
    duplicate: Number(row.duplicate),
    rejected: Number(row.rejected),
  };
}

/** A row of `selectFiles`. */
export function readLoggedFile(row: TextRow): LoggedFile {
  return { ...readFileRecord(row), runId: row.run_id!, loadedAt: parseTimestamp(row.loaded_at!) };
}

/** A row of `selectFilesOfRun`. */
export function readFileRecord(row: TextRow): FileRecord {
  const { refusal_code: code, refusal_message: message } = row;
  return {
    key: row.source_key!,
    contentHash: row.content_hash!,
    status: row.status as FileRecord['status'],
    refusal: code === null ? undefined : ({ code, message } as NonNullable<FileRecord['refusal']>),
    size: Number(row.size_bytes),
    sourceDay: row.source_day!,
    sourceModified: parseTimestamp(row.source_modified!),
    blankLines: Number(row.blank_lines),
    books: readBooks(row),
    rejectsByCode: JSON.parse(row.rejects_by_code!),
  };
}
