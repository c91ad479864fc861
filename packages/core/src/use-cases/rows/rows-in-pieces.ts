import { ByteWindow } from '../../intake/byte-window.ts';
import { HeaderReader } from '../../intake/header-reader.ts';
import type { Header } from '../../intake/read-header.ts';
import type { RowWorkers } from '../../ports/row-workers.port.ts';
import type { FileRefusal, StageWriter } from '../../ports/warehouse.port.ts';
import { TRANSACTION_COLUMNS } from '../../rules/transaction-columns.ts';
import type { PieceResult } from '../../staging/piece-work.ts';
import type { RowPathOptions, RowTally } from '../../staging/row-path.ts';
import { addTallies, EMPTY_TALLY } from './add-tallies.ts';
import { PieceQueue } from './piece-queue.ts';
import type { Rows } from './rows.ts';

/** Bytes of a piece: long against the cost of a message, short against memory. */
const PIECE_BYTES = 256 * 1024;

/** Reads the rows of a file on several workers, with the lines of one reader. */
export class RowsInPieces implements Rows {
  readonly #options: RowPathOptions;
  readonly #writer: StageWriter;
  readonly #workers: RowWorkers;
  readonly #pieceBytes: number;
  readonly #window = new ByteWindow();
  readonly #headerReader: HeaderReader;
  #queue: PieceQueue | undefined;
  #tally = EMPTY_TALLY;

  constructor(options: RowPathOptions, writer: StageWriter, workers: RowWorkers, pieceBytes = PIECE_BYTES) {
    this.#options = options;
    this.#writer = writer;
    this.#workers = workers;
    this.#pieceBytes = pieceBytes;
    this.#headerReader = new HeaderReader(this.#window, {
      columns: TRANSACTION_COLUMNS,
      maxRecordBytes: options.policy.maxRecordBytes,
    });
  }

  async push(chunk: Uint8Array): Promise<void> {
    if (this.refusal !== undefined) return;
    if (this.#queue === undefined) await this.#readHeader(chunk);
    else await this.#queue.push(chunk);
  }

  async end(): Promise<void> {
    if (this.#queue === undefined) {
      this.#window.isLast = true;
      await this.push(new Uint8Array(0));
    }
    await this.#queue?.end();
  }

  close(): void {
    this.#queue?.close();
  }

  get header(): Header | undefined {
    return this.#headerReader.header;
  }

  get refusal(): FileRefusal | undefined {
    return this.#headerReader.refusal;
  }

  get read(): number {
    return this.#tally.read;
  }

  tally(): RowTally {
    return { ...this.#tally, blankLines: this.#tally.blankLines + this.#headerReader.blankLines };
  }

  async #readHeader(chunk: Uint8Array): Promise<void> {
    this.#window.append(chunk);
    this.#headerReader.read();
    const { header, line } = this.#headerReader;
    if (header === undefined) return;
    this.#queue = new PieceQueue({
      workers: this.#workers.openFile({ ...this.#options, header }),
      count: this.#workers.count,
      line,
      pieceBytes: this.#pieceBytes,
      take: (result) => this.#take(result),
    });
    const { bytes, position, limit } = this.#window;
    await this.#queue.push(bytes.subarray(position, limit));
  }

  async #take({ rows, rejects, tally, isOpen }: PieceResult): Promise<void> {
    for (const block of rows) await this.#writer.writeRows(block);
    for (const block of rejects) await this.#writer.writeRejects(block);
    // That of an open piece is part of the tally of the piece that goes on from it.
    if (!isOpen) this.#tally = addTallies(this.#tally, tally);
  }
}
