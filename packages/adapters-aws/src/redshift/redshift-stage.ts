import {
  type CommittedRun,
  type FileToCommit,
  mapConcurrently,
  PortError,
  type PreviewedRun,
  type RunToCommit,
  type RunToPreview,
  type Stage,
} from '@weir/core';
import {
  createTemporaryTable,
  encodeStagedFiles,
  STAGE_FILE_TABLE,
  STAGE_REJECT_TABLE,
  STAGE_ROW_TABLE,
  STAGE_TABLES,
  type Statement,
} from '@weir/warehouse-sql';
import { StagedFileWriter } from '../s3/staged-file-writer.ts';
import type { StagedPart } from '../s3/staged-part-writer.ts';
import { commitRun } from './commit-run.ts';
import type { DataApiSession } from './data-api-session.ts';
import { FILE_NO_OF_STAGE, fillStage } from './fill-stage.ts';
import { previewRun } from './preview-run.ts';
import type { StagingPlace } from './staging-place.ts';
import { requireOwnParts, verifyPart } from './verify-part.ts';

const CHECKS_AT_ONCE = 16;

/**
 * Staged objects under one prefix of the staging place. Redshift sees them at the commit only, in temporary tables of that
 * transaction. What is left in S3 expires there.
 */
export class RedshiftStage implements Stage {
  readonly #session: DataApiSession;
  readonly #place: StagingPlace;
  readonly #prefix: string;
  readonly #writer: StagedFileWriter;
  readonly #adopted: StagedPart[] = [];
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** @param prefix with its last `/`; nobody else writes below it but those whose parts are adopted */
  constructor(session: DataApiSession, place: StagingPlace, prefix: string) {
    this.#session = session;
    this.#place = place;
    this.#prefix = prefix;
    this.#writer = new StagedFileWriter({ ...place, prefix, fileNo: FILE_NO_OF_STAGE });
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#writer.writeRows(lines);
  }

  async writeRejects(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    await this.#writer.writeRejects(lines);
  }

  /**
   * Takes over parts that others wrote under this stage's prefix, after a look at each.
   *
   * @throws PortError `warehouse.stage-damaged` where one is not there as it was told
   */
  async adopt(parts: readonly StagedPart[]): Promise<void> {
    this.#requireOpen();
    requireOwnParts(this.#place.bucket, this.#prefix, [...this.#adopted, ...parts]);
    await mapConcurrently(parts, CHECKS_AT_ONCE, (part) => verifyPart(this.#place, part));
    this.#adopted.push(...parts);
  }

  async commit(run: RunToCommit): Promise<CommittedRun> {
    const fill = await this.#end(run.files);
    return await commitRun(this.#session, { run, fill, token: this.#prefix });
  }

  async preview(run: RunToPreview): Promise<PreviewedRun> {
    const fill = await this.#end(run.files);
    return await previewRun(this.#session, run, fill);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
  }

  /** The statements that create and fill the stage tables. */
  async #end(files: readonly FileToCommit[]): Promise<readonly Statement[]> {
    this.#requireOpen();
    const parts = [...this.#adopted, ...(await this.#writer.end())];
    this.#state = 'ended';
    const keysOf = (table: StagedPart['table']) => parts.filter((part) => part.table === table).map(({ key }) => key);
    const copies = await fillStage(this.#place, this.#prefix, [
      { name: 'rows', table: STAGE_ROW_TABLE, from: { keys: keysOf('rows') } },
      { name: 'rejects', table: STAGE_REJECT_TABLE, from: { keys: keysOf('rejects') } },
      { name: 'files', table: STAGE_FILE_TABLE, from: { lines: encodeStagedFiles(files) } },
    ]);
    return [...STAGE_TABLES.map((table) => createTemporaryTable(table, 'redshift')), ...copies];
  }

  #requireOpen(): void {
    if (this.#state === 'open') return;
    const message = this.#state === 'closed' ? 'was closed already' : 'was committed or previewed, or that failed';
    throw new PortError({ code: 'warehouse.stage-closed', message: `The stage of this run ${message}.` });
  }
}
