import type { Books, CommittedFile, CommittedRun, RunToCommit } from '@weir/core';
import { readFileRecord } from './read-books.ts';
import type { TextRow } from './text-row.ts';

const NO_BOOKS: Books = { read: 0, inserted: 0, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0 };

/** What became of the files of a run, from their entries: one without an entry was committed by another run. */
export function toCommittedRun(run: RunToCommit, entries: readonly TextRow[]): CommittedRun {
  const byKey = new Map(entries.map((entry) => [entry.source_key, readFileRecord(entry)]));
  return {
    files: run.files.map(({ key }) => {
      const record = byKey.get(key);
      return record === undefined
        ? { key, status: 'already-loaded', books: NO_BOOKS }
        : { key, status: record.status as CommittedFile['status'], books: record.books };
    }),
  };
}
