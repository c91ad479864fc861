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
import type { DataApiSession } from './data-api-session.ts';

/** ingest_run, ingest_file and ingest_reject. */
export class RedshiftRunHistory implements RunHistory {
  readonly #session: DataApiSession;

  constructor({ session }: { readonly session: DataApiSession }) {
    this.#session = session;
  }

  async runs(query: RunQuery): Promise<readonly RunSummary[]> {
    return (await this.#session.query(selectRuns(query, 'redshift'), 'reading earlier runs')).map(readRunSummary);
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    const [row] = await this.#session.query(selectRun(runId, 'redshift'), 'reading a run');
    if (row === undefined) return undefined;
    return readRunRecord(row, await this.#session.query(selectFilesOfRun(runId, 'redshift'), 'reading a run'));
  }

  async sumUp(): Promise<HistoryTotals> {
    const asked = 'adding up earlier runs';
    const runs = await this.#session.query(selectRunTotals(), asked);
    const files = await this.#session.query(selectFileTotals(), asked);
    return readHistoryTotals(runs, files, await this.#session.query(countAllOpenRejects(), asked));
  }
}
