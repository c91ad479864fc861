import { type CommittedRun, PortError, type RunToCommit, type Stage } from '@weir/core';
import { encodeStagedFiles, STAGE_FILE_TABLE, STAGE_REJECT_TABLE, STAGE_ROW_TABLE } from '@weir/warehouse-sql';
import { type CommitOptions, commitStage } from './commit-stage.ts';
import { CopyInto } from './copy-into.ts';
import type { PostgresSessions, Session } from './postgres-sessions.ts';

/** A reject interrupts the COPY of the rows, so that rejects are collected up to this many bytes. */
const REJECT_BYTES_KEPT = 1024 * 1024;

/** The temporary tables of one connection: they end with it, whatever happens. */
export class PostgresStage implements Stage {
  readonly #session: Session;
  readonly #sessions: PostgresSessions;
  readonly #options: CommitOptions;
  #rows: CopyInto | undefined;
  #rejects: Uint8Array[] = [];
  #rejectBytes = 0;
  #state: 'open' | 'committing' | 'closed' = 'open';

  constructor(session: Session, sessions: PostgresSessions, options: CommitOptions) {
    this.#session = session;
    this.#sessions = sessions;
    this.#options = options;
  }

  writeRows(lines: Uint8Array): Promise<void> {
    return this.#write('staging rows', async () => {
      if (lines.length === 0) return;
      this.#rows ??= new CopyInto(this.#session, STAGE_ROW_TABLE);
      await this.#rows.write(lines);
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
    await this.#write('ending the stage', async () => {
      await this.#flush();
      await this.#copy(encodeStagedFiles(run.files), STAGE_FILE_TABLE);
    });
    this.#state = 'committing';
    return commitStage(this.#session, this.#sessions, run, this.#options);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.#rejects = [];
    this.#session.end(false);
  }

  async #write(doing: string, write: () => Promise<void>): Promise<void> {
    if (this.#state !== 'open') {
      const message = this.#state === 'closed' ? 'was closed already' : 'was committed, or its commit failed';
      throw new PortError({ code: 'warehouse.stage-closed', message: `The stage of this run ${message}.` });
    }
    try {
      await write();
    } catch (error) {
      throw this.#sessions.translate(error, doing);
    }
  }

  async #flush(): Promise<void> {
    await this.#rows?.end();
    this.#rows = undefined;
    const rejects = this.#rejects;
    this.#rejects = [];
    this.#rejectBytes = 0;
    await this.#copy(rejects, STAGE_REJECT_TABLE);
  }

  async #copy(lines: readonly Uint8Array[], table: typeof STAGE_REJECT_TABLE): Promise<void> {
    if (lines.length === 0) return;
    const copy = new CopyInto(this.#session, table);
    for (const bytes of lines) await copy.write(bytes);
    await copy.end();
  }
}
