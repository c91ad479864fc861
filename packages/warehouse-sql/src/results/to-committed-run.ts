import { type CommittedFile, type CommittedRun, EMPTY_BOOKS, type RunToCommit } from '@weir/core';
import { readFileRecord } from './read-books.ts';
import type { TextRow } from './text-row.ts';

/** What became of the files of a run, from their entries: one without an entry was committed by another run. */
export function toCommittedRun(run: RunToCommit, entries: readonly TextRow[]): CommittedRun {
  const byKey = new Map(entries.map((entry) => [entry.source_key, readFileRecord(entry)]));
  return {
    files: run.files.map(({ key }) => {
      const record = byKey.get(key);
      return record === undefined
        ? { key, status: 'already-loaded', books: EMPTY_BOOKS }
        : { key, status: record.status as CommittedFile['status'], books: record.books };
    }),
  };
}
