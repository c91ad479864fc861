import type { Header } from '../../intake/read-header.ts';
import type { FileRefusal, StageWriter } from '../../ports/warehouse.port.ts';
import { RowPath, type RowPathOptions, type RowTally } from '../../staging/row-path.ts';
import type { Rows } from './rows.ts';

/** Reads the rows in this thread. */
export class RowsHere implements Rows {
  readonly #path: RowPath;
  readonly #writer: StageWriter;

  constructor(options: RowPathOptions, writer: StageWriter) {
    this.#path = new RowPath(options);
    this.#writer = writer;
  }

  push(chunk: Uint8Array): Promise<void> {
    this.#path.push(chunk);
    return this.#writeOut(false);
  }

  end(): Promise<void> {
    this.#path.end();
    return this.#writeOut(true);
  }

  close(): void {}

  get header(): Header | undefined {
    return this.#path.header;
  }

  get refusal(): FileRefusal | undefined {
    return this.#path.refusal;
  }

  get read(): number {
    return this.#path.read;
  }

  tally(): RowTally {
    return this.#path.tally();
  }

  async #writeOut(all: boolean): Promise<void> {
    for (const block of this.#path.takeRows(all)) await this.#writer.writeRows(block);
    for (const block of this.#path.takeRejects(all)) await this.#writer.writeRejects(block);
  }
}
