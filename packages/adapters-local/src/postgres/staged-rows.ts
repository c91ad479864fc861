import { STAGE_ROW_TABLE } from '@weir/warehouse-sql';
import type { PostgresSessions, Session } from './postgres-sessions.ts';
import { RowLoader } from './row-loader.ts';
import { SharedStage } from './shared-stage.ts';

const LEAST_BYTES_SHARED = 8 * 1024 * 1024;

export interface SharingOptions {
  readonly connections?: 1 | 2 | undefined;
  readonly leastBytesShared?: number | undefined;
}

/** The rows of a stage: over one session into its temporary table, or, where allowed and there are many, over two. */
export class StagedRows {
  readonly #session: Session;
  readonly #sessions: PostgresSessions;
  readonly #leastBytesShared: number;
  #loader: RowLoader | undefined;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #helper: Session | undefined;
  #shared: SharedStage | undefined;

  constructor(session: Session, sessions: PostgresSessions, options: SharingOptions) {
    const { connections = 1, leastBytesShared = LEAST_BYTES_SHARED } = options;
    this.#session = session;
    this.#sessions = sessions;
    this.#leastBytesShared = leastBytesShared;
    if (connections < 2) this.#loader = new RowLoader([session], STAGE_ROW_TABLE);
  }

  /** Undefined where the rows lie in the session's own table. */
  get shared(): SharedStage | undefined {
    return this.#shared;
  }

  async write(lines: Uint8Array): Promise<void> {
    if (this.#loader !== undefined) return this.#loader.write(lines);
    this.#waiting.push(lines);
    this.#waitingBytes += lines.length;
    if (this.#waitingBytes >= this.#leastBytesShared) await this.#load(await this.#share());
  }

  /** Until the next row the session is free for other statements. */
  async pause(): Promise<void> {
    await this.#loader?.pause();
  }

  /** No row comes any more. */
  async end(): Promise<void> {
    if (this.#loader === undefined) await this.#load(new RowLoader([this.#session], STAGE_ROW_TABLE));
    await this.pause();
  }

  /** @param isIdle whether the session could take a statement now */
  async close(isIdle: boolean): Promise<void> {
    this.#waiting = [];
    if (isIdle) await this.#shared?.drop();
    this.#helper?.end(false);
  }

  async #load(loader: RowLoader): Promise<void> {
    this.#loader = loader;
    for (const lines of this.#waiting) await loader.write(lines);
    this.#waiting = [];
  }

  async #share(): Promise<RowLoader> {
    this.#helper = await this.#sessions.open('opening a second connection for a stage');
    await this.#helper.execute("SET statement_timeout = 0; SET application_name = 'weir helper'");
    this.#shared = await SharedStage.open(this.#session, this.#helper);
    return new RowLoader([this.#session, this.#helper], this.#shared.rowTable);
  }
}
