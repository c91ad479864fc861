import {
  CONTENT_COLUMNS,
  type CommittedFile,
  type Fault,
  type PreviewedChange,
  type PreviewedReject,
  type PreviewedRun,
} from '@weir/core';
import { readBooks } from './read-books.ts';
import { requireCounts } from './require-counts.ts';
import type { TextRow } from './text-row.ts';

/**
 * @param rowsOf the rows that a statement of `planPreview` read, by its name
 * @throws PortError `warehouse.count-mismatch`
 */
export async function toPreviewedRun(rowsOf: (name: string) => Promise<readonly TextRow[]>): Promise<PreviewedRun> {
  requireCounts(await rowsOf('select-count-mismatches'));
  return {
    files: (await rowsOf('select-previewed-files')).map(toFile),
    rejects: (await rowsOf('select-previewed-rejects')).map(toReject),
    changes: (await rowsOf('select-previewed-changes')).map(toChange),
  };
}

function toFile(row: TextRow): CommittedFile {
  return { key: row.source_key!, status: row.status as CommittedFile['status'], books: readBooks(row) };
}

function toReject({ source_key: key, source_line: line, faults }: TextRow): PreviewedReject {
  const codes = (JSON.parse(faults!) as readonly Fault[]).map(({ code }) => code);
  return { key: key!, line: Number(line), codes };
}

function toChange(row: TextRow): PreviewedChange {
  const columns = CONTENT_COLUMNS.map((column) => {
    return { column, before: row[`before_${column}`]!, after: row[`after_${column}`]! };
  });
  return {
    key: row.source_key!,
    line: Number(row.source_line),
    transactionId: row.transaction_id!,
    columns: columns.filter(({ before, after }) => before !== after),
  };
}
