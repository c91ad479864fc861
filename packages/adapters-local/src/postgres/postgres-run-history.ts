import type { HistoryTotals, RunHistory, RunQuery, RunRecord, RunSummary } from '@weir/core';
import {
  countAllOpenRejects,
  readHistoryTotals,
  readRunRecord,
  readRunSummary,
  selectFilesOfRun,
  selectFileTotals,
  selectRun,
  selectRuns,
  selectRunTotals,
} from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { PostgresSessions } from './postgres-sessions.ts';

/** What earlier runs did, from ingest_run, ingest_file and ingest_reject. */
export class PostgresRunHistory implements RunHistory {
  readonly #sessions: PostgresSessions;

  constructor({ pool }: { readonly pool: Pool }) {
    this.#sessions = new PostgresSessions(pool);
  }

  async runs(query: RunQuery): Promise<readonly RunSummary[]> {
    return this.#sessions.use('reading earlier runs', async (session) => {
      const { rows } = await session.run(selectRuns(query, 'postgres'));
      return rows.map(readRunSummary);
    });
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    return this.#sessions.use('reading an earlier run', async (session) => {
      const { rows } = await session.run(selectRun(runId, 'postgres'));
      if (rows[0] === undefined) return undefined;
      const files = await session.run(selectFilesOfRun(runId, 'postgres'));
      return readRunRecord(rows[0], files.rows);
    });
  }

  async sumUp(): Promise<HistoryTotals> {
    return this.#sessions.use('adding up earlier runs', async (session) => {
      const runs = await session.run(selectRunTotals());
      const files = await session.run(selectFileTotals());
      return readHistoryTotals(runs.rows, files.rows, (await session.run(countAllOpenRejects())).rows);
    });
  }
}
