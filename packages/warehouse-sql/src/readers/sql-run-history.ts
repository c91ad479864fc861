import type { HistoryTotals, RunHistory, RunQuery, RunRecord, RunSummary } from '@weir/core';
import type { Dialect } from '../dialect.ts';
import { countAllOpenRejects, selectFileTotals, selectRunTotals } from '../queries/select-history-totals.ts';
import { selectFilesOfRun, selectRun, selectRuns } from '../queries/select-runs.ts';
import { readHistoryTotals } from '../results/read-history-totals.ts';
import { readRunRecord, readRunSummary } from '../results/read-run.ts';
import type { Ask, ReaderOptions } from './ask.ts';

/** What earlier runs did, from ingest_run, ingest_file and ingest_reject. */
export class SqlRunHistory implements RunHistory {
  readonly #dialect: Dialect;
  readonly #ask: Ask;

  constructor({ dialect, ask }: ReaderOptions) {
    this.#dialect = dialect;
    this.#ask = ask;
  }

  async runs(query: RunQuery): Promise<readonly RunSummary[]> {
    return (await this.#ask(selectRuns(query, this.#dialect), 'reading earlier runs')).map(readRunSummary);
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    const doing = 'reading an earlier run';
    const [row] = await this.#ask(selectRun(runId, this.#dialect), doing);
    if (row === undefined) return undefined;
    return readRunRecord(row, await this.#ask(selectFilesOfRun(runId, this.#dialect), doing));
  }

  async sumUp(): Promise<HistoryTotals> {
    const doing = 'adding up earlier runs';
    const runs = await this.#ask(selectRunTotals(), doing);
    const files = await this.#ask(selectFileTotals(), doing);
    return { ...readHistoryTotals(runs, files), openRejects: await this.openRejects() };
  }

  async openRejects(): Promise<number> {
    const [row] = await this.#ask(countAllOpenRejects(), 'counting open rejects');
    return Number(row!.open_rejects);
  }
}
