import type { RecordedStatus, RunPhases, RunRecord, RunSummary } from '@weir/core';
import { parseTimestamp } from '../format-timestamp.ts';
import { PHASE_COLUMNS } from '../tables/ingest-tables.ts';
import { readBooks, readFileRecord } from './read-books.ts';
import type { TextRow } from './text-row.ts';

/** A row of `selectRuns` or `selectRun`. */
export function readRunSummary(row: TextRow): RunSummary {
  return {
    runId: row.run_id!,
    status: row.status as RecordedStatus,
    startedAt: parseTimestamp(row.started_at!),
    finishedAt: parseTimestamp(row.finished_at!),
    undoneAt: row.undone_at == null ? undefined : parseTimestamp(row.undone_at),
    policyHash: row.policy_hash!,
    totals: readBooks(row),
    phases: readPhases(row),
    files: Number(row.files),
    warnings: JSON.parse(row.warnings!),
    error: row.error ?? undefined,
  };
}

function readPhases(row: TextRow): RunPhases {
  const entries = Object.entries(PHASE_COLUMNS).filter(([, column]) => row[column] != null);
  return Object.fromEntries(entries.map(([phase, column]) => [phase, Number(row[column])]));
}

/** The row of `selectRun` with the rows of `selectFilesOfRun`. */
export function readRunRecord(row: TextRow, files: readonly TextRow[]): RunRecord {
  const { files: _, ...summary } = readRunSummary(row);
  return { ...summary, files: files.map(readFileRecord) };
}
