import type { TableDefinition } from '@weir/warehouse-sql';
import { CopyInto } from './copy-into.ts';
import type { Session } from './postgres-sessions.ts';

/** Brings rows into a table over one or more sessions at once. */
export class RowLoader {
  readonly #sessions: readonly Session[];
  readonly #table: TableDefinition;
  #copies: readonly CopyInto[] = [];

  /** @param table seen by all of the sessions */
  constructor(sessions: readonly Session[], table: TableDefinition) {
    this.#sessions = sessions;
    this.#table = table;
  }

  /** Goes to the session that has the least to do, and waits where even that one is behind. */
  async write(lines: Uint8Array): Promise<void> {
    if (this.#copies.length === 0) this.#copies = this.#sessions.map((session) => new CopyInto(session, this.#table));
    const [first, ...others] = this.#copies;
    await others.reduce((idlest, copy) => (copy.bytesQueued < idlest.bytesQueued ? copy : idlest), first!).write(lines);
  }

  /** Until the next row the sessions are free for other statements. */
  async pause(): Promise<void> {
    const copies = this.#copies;
    this.#copies = [];
    await Promise.all(copies.map((copy) => copy.end()));
  }
}
