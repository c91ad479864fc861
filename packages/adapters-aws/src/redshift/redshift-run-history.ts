import type { RunHistory, RunQuery, RunRecord, RunSummary } from '@weir/core';
import { readRunRecord, readRunSummary, selectFilesOfRun, selectRun, selectRuns } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';

/** ingest_run and ingest_file. */
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
}
