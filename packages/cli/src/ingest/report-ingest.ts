import type { IngestReport } from '@weir/core';
import { BOOKS_COLUMNS } from '../output/books-columns.ts';
import { type Column, membersOf } from '../output/column.ts';
import type { Screen } from '../output/screen.ts';
import { ingestDocument } from './ingest-document.ts';

/** What a run did, for programs: a document, or a row a file. */
export function reportIngest(screen: Screen, report: IngestReport): void {
  screen.document(ingestDocument(report));
  screen.records(
    FILE_COLUMNS,
    report.files.map((file) => ({ ...file, runId: report.runId })),
  );
}

type ReportedFile = IngestReport['files'][number] & { readonly runId: string };

const FILE_COLUMNS: readonly Column<ReportedFile>[] = [
  ...membersOf('runId', 'key', 'status', 'contentHash'),
  ...BOOKS_COLUMNS,
  { name: 'problem', value: ({ problem }) => problem?.code },
  ...membersOf('takenTo'),
];
