import {
  type CommittedRun,
  type FileToCommit,
  PortError,
  type PreviewedRun,
  type RunToCommit,
  type RunToPreview,
  type Stage,
} from '@weir/core';
import { encodeStagedFiles, STAGE_FILE_TABLE, STAGE_REJECT_TABLE } from '@weir/warehouse-sql';
import { type CommitOptions, commitStage } from './commit-stage.ts';
import { copyAll } from './copy-into.ts';
import type { PostgresSessions, Session } from './postgres-sessions.ts';
import { previewStage } from './preview-stage.ts';
import { type SharingOptions, StagedRows } from './staged-rows.ts';

/** A reject interrupts the COPY of the rows, so that rejects are collected up to this many bytes. */
const REJECT_BYTES_KEPT = 1024 * 1024;

type StageOptions = CommitOptions & SharingOptions;

/** The temporary tables of one connection, which end with it, whatever happens; of large runs the rows lie in a shared stage. */
export class PostgresStage implements Stage {
  readonly #session: Session;
  readonly #sessions: PostgresSessions;
  readonly #options: CommitOptions;
  readonly #rows: StagedRows;
  #rejects: Uint8Array[] = [];
  #rejectBytes = 0;
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** @param session has the stage tables, which are empty */
  constructor(session: Session, sessions: PostgresSessions, options: StageOptions) {
    this.#session = session;
    this.#sessions = sessions;
    this.#options = options;
    this.#rows = new StagedRows(session, sessions, options);
  }

  writeRows(lines: Uint8Array): Promise<void> {
    return this.#write('staging rows', async () => {
      if (lines.length > 0) await this.#rows.write(lines);
    });
  }

  writeRejects(lines: Uint8Array): Promise<void> {
    return this.#write('staging rejects', async () => {
      if (lines.length === 0) return;
      this.#rejects.push(lines);
      this.#rejectBytes += lines.length;
      if (this.#rejectBytes >= REJECT_BYTES_KEPT) await this.#flush();
    });
  }

  async commit(run: RunToCommit): Promise<CommittedRun> {
    await this.#end(run.files);
    return commitStage({ session: this.#session, shared: this.#rows.shared }, this.#sessions, run, this.#options);
  }

  async preview(run: RunToPreview): Promise<PreviewedRun> {
    await this.#end(run.files);
    return previewStage(this.#session, this.#sessions, run, this.#options);
  }

  async close(): Promise<void> {
    const isIdle = this.#state === 'ended';
    this.#state = 'closed';
    this.#rejects = [];
    await this.#rows.close(isIdle);
    this.#session.end(false);
  }

  async #write(doing: string, write: () => Promise<void>): Promise<void> {
    if (this.#state !== 'open') {
      const message = this.#state === 'closed' ? 'was closed already' : 'was committed or previewed, or that failed';
      throw new PortError({ code: 'warehouse.stage-closed', message: `The stage of this run ${message}.` });
    }
    try {
      await write();
    } catch (error) {
      throw this.#sessions.translate(error, doing);
    }
  }

  async #end(files: readonly FileToCommit[]): Promise<void> {
    await this.#write('ending the stage', async () => {
      await this.#rows.end();
      await this.#flush();
      await copyAll(this.#session, STAGE_FILE_TABLE, encodeStagedFiles(files));
    });
    this.#state = 'ended';
  }

  async #flush(): Promise<void> {
    await this.#rows.pause();
    const rejects = this.#rejects;
    this.#rejects = [];
    this.#rejectBytes = 0;
    await copyAll(this.#session, STAGE_REJECT_TABLE, rejects);
  }
}
