import type { FilePreview, RunPreview } from '@weir/core';
import { fileDocument } from '@weir/core/telemetry';
import { BOOKS_COLUMNS } from '../output/books-columns.ts';
import { type Column, membersOf } from '../output/column.ts';
import type { Screen } from '../output/screen.ts';

/** What a run would do, for programs: a document, or a row a file. */
export function reportPlan(screen: Screen, { status, files, totals, warnings }: RunPreview): void {
  screen.document({ status, files: files.map(previewDocument), totals, warnings });
  screen.records(FILE_COLUMNS, files);
}

function previewDocument(file: FilePreview): unknown {
  return {
    ...fileDocument(file),
    rejects: file.rejects.map(({ line, codes }) => ({ line, codes })),
    changes: file.changes.map(({ line, transactionId, columns }) => ({ line, transactionId, columns })),
  };
}

const FILE_COLUMNS: readonly Column<FilePreview>[] = [
  ...membersOf('key', 'status', 'contentHash'),
  ...BOOKS_COLUMNS,
  { name: 'problem', value: ({ problem }) => problem?.code },
];
