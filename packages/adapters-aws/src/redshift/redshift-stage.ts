import {
  type CommittedRun,
  type FileToCommit,
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
import { prepareCopy } from './copy-statement.ts';
import type { DataApiSession } from './data-api-session.ts';
import { previewRun } from './preview-run.ts';
import { putStaged, type StagingPlace } from './staging-place.ts';
import { requireOwnParts, verifyPart } from './verify-part.ts';

/** What workers wrote is numbered from 1. */
const FILE_NO_OF_STAGE = 0;
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
    for (let i = 0; i < parts.length; i += CHECKS_AT_ONCE) {
      await Promise.all(parts.slice(i, i + CHECKS_AT_ONCE).map((part) => verifyPart(this.#place, part)));
    }
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
    return [...CREATE_STAGE, ...(await this.#prepareCopies(parts, files))];
  }

  async #prepareCopies(parts: readonly StagedPart[], files: readonly FileToCommit[]): Promise<readonly Statement[]> {
    const keysOf = (table: StagedPart['table']) => parts.filter((part) => part.table === table).map(({ key }) => key);
    const filesKey = `${this.#prefix}files.tsv`;
    await putStaged(this.#place, filesKey, Buffer.concat(encodeStagedFiles(files)));
    const sources = [
      { name: 'rows', table: STAGE_ROW_TABLE, keys: keysOf('rows'), isPacked: true },
      { name: 'rejects', table: STAGE_REJECT_TABLE, keys: keysOf('rejects'), isPacked: true },
      { name: 'files', table: STAGE_FILE_TABLE, keys: files.length === 0 ? [] : [filesKey], isPacked: false },
    ];
    const copies: Statement[] = [];
    for (const { name, ...source } of sources) {
      copies.push(...(await prepareCopy(this.#place, `${this.#prefix}${name}.manifest`, source)));
    }
    return copies;
  }

  #requireOpen(): void {
    if (this.#state === 'open') return;
    const message = this.#state === 'closed' ? 'was closed already' : 'was committed or previewed, or that failed';
    throw new PortError({ code: 'warehouse.stage-closed', message: `The stage of this run ${message}.` });
  }
}

const CREATE_STAGE: readonly Statement[] = STAGE_TABLES.flatMap((table) =>
  createTemporaryTable(table, 'redshift').map((text) => ({
    name: `create-${table.name.replaceAll('_', '-')}`,
    text,
    parameters: [],
  })),
);
