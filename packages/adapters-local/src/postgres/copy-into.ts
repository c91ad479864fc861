import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { columnNames, type TableDefinition } from '@weir/warehouse-sql';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import type { Session } from './postgres-sessions.ts';

/** Bytes that wait in this process before a writer is made to wait. */
const MOST_BYTES_QUEUED = 1024 * 1024;

/** An open COPY of staged text into a table. While it is open, its session does nothing else. */
export class CopyInto {
  readonly #stream: CopyStreamQuery;
  #error: unknown;

  constructor(session: Session, table: TableDefinition) {
    const text = `COPY ${table.name} (${columnNames(table).join(', ')}) FROM STDIN`;
    this.#stream = session.client.query(from(text, { highWaterMark: MOST_BYTES_QUEUED }));
    this.#stream.on('error', (error) => {
      this.#error ??= error;
    });
  }

  /** Waits while the server is behind. The bytes are not copied: they must not change afterwards. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#requireSound();
    if (!this.#stream.write(bytes)) await once(this.#stream, 'drain');
    this.#requireSound();
  }

  /** Returns when the server has taken all. */
  async end(): Promise<void> {
    this.#requireSound();
    this.#stream.end();
    await finished(this.#stream);
  }

  #requireSound(): void {
    if (this.#error !== undefined) throw this.#error;
  }
}
