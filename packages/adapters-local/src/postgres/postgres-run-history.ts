import type { RunHistory, RunRecord, RunStatus, RunSummary } from '@weir/core';
import { parseTimestamp, selectFilesOfRun, selectRun, selectRuns } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSessions, type TextRow } from './postgres-sessions.ts';
import { readBooks, readFileRecord } from './read-books.ts';

/** What earlier runs did, from ingest_run and ingest_file. */
export class PostgresRunHistory implements RunHistory {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  async runs(limit: number): Promise<readonly RunSummary[]> {
    return this.#sessions.use('reading earlier runs', async (session) => {
      const { rows } = await session.run(selectRuns(limit));
      return rows.map(readSummary);
    });
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    return this.#sessions.use('reading an earlier run', async (session) => {
      const { rows } = await session.run(selectRun(runId, 'postgres'));
      if (rows[0] === undefined) return undefined;
      const { files: _, ...summary } = readSummary(rows[0]);
      const files = await session.run(selectFilesOfRun(runId, 'postgres'));
      return { ...summary, files: files.rows.map(readFileRecord) };
    });
  }
}

function readSummary(row: TextRow): RunSummary {
  return {
    runId: row.run_id!,
    status: row.status as RunStatus,
    startedAt: parseTimestamp(row.started_at!),
    finishedAt: parseTimestamp(row.finished_at!),
    policyHash: row.policy_hash!,
    totals: readBooks(row),
    files: Number(row.files),
    warnings: JSON.parse(row.warnings!),
    error: row.error ?? undefined,
  };
}
