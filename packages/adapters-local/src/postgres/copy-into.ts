import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { columnNames, type TableDefinition } from '@weir/warehouse-sql';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import type { Session } from './postgres-sessions.ts';

/** Bytes of one message to the server: the driver is slow with many small ones. */
const BYTES_A_MESSAGE = 32 * 1024;
/** Bytes that wait in this process before a writer is made to wait. */
const MOST_BYTES_QUEUED = 1024 * 1024;
/** Bytes after which answers of the server are looked at, even where it takes all at once. */
const MOST_BYTES_A_TURN = 256 * 1024;

/** An open COPY of staged text into a table. While it is open, its session does nothing else. */
export class CopyInto {
  readonly #stream: CopyStreamQuery;
  #error: unknown;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #bytesThisTurn = 0;

  constructor(session: Session, table: TableDefinition) {
    const text = `COPY ${table.name} (${columnNames(table).join(', ')}) FROM STDIN`;
    this.#stream = session.client.query(from(text, { highWaterMark: MOST_BYTES_QUEUED }));
    this.#stream.on('error', (error) => {
      this.#error ??= error;
      // pg-copy-streams 7.0.0 would send what it still holds over a connection that it has let go of, and crash.
      Object.assign(this.#stream, { chunks: [] });
    });
  }

  /** Bytes that were not sent yet. */
  get bytesQueued(): number {
    return this.#partBytes + this.#stream.writableLength;
  }

  /** Waits while the server is behind. The bytes are not copied: they must not change afterwards. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#parts.push(bytes);
    this.#partBytes += bytes.length;
    if (this.#partBytes >= BYTES_A_MESSAGE) await this.#send();
  }

  /** Returns when the server has taken all. */
  async end(): Promise<void> {
    await this.#send();
    this.#stream.end();
    await finished(this.#stream);
  }

  async #send(): Promise<void> {
    this.#requireSound();
    const message = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#partBytes = 0;
    if (!this.#stream.write(message)) await once(this.#stream, 'drain');
    this.#bytesThisTurn += message.length;
    if (this.#bytesThisTurn >= MOST_BYTES_A_TURN) {
      this.#bytesThisTurn = 0;
      await nextTurn();
    }
    this.#requireSound();
  }

  #requireSound(): void {
    if (this.#error !== undefined) throw this.#error;
  }
}

/** Brings staged text into a table with one COPY. */
export async function copyAll(session: Session, table: TableDefinition, text: readonly Uint8Array[]): Promise<void> {
  if (text.length === 0) return;
  const copy = new CopyInto(session, table);
  for (const bytes of text) await copy.write(bytes);
  await copy.end();
}
