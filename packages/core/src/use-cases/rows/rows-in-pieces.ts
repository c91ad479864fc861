import { ByteWindow } from '../../intake/byte-window.ts';
import { HeaderReader } from '../../intake/header-reader.ts';
import type { Header } from '../../intake/read-header.ts';
import type { FileWorkers, RowWorkers } from '../../ports/row-workers.port.ts';
import type { FileRefusal, StageWriter } from '../../ports/warehouse.port.ts';
import { TRANSACTION_COLUMNS } from '../../rules/transaction-columns.ts';
import { type Piece, PieceCutter } from '../../staging/piece-cutter.ts';
import type { PieceFile, PieceResult } from '../../staging/piece-work.ts';
import type { RowPathOptions, RowTally } from '../../staging/row-path.ts';
import { addTallies, EMPTY_TALLY } from './add-tallies.ts';
import type { Rows } from './rows.ts';

/** Bytes of a piece: long against the cost of a message, short against memory. */
export const PIECE_BYTES = 512 * 1024;

/** Pieces for each worker: one that it works on, and the next one. */
const PIECES_A_WORKER = 2;

/** A piece that a worker has. */
interface Sent {
  readonly no: number;
  readonly piece: Piece;
  readonly worker: number;
  /** The piece that it went on from. */
  readonly after: Sent | undefined;
  readonly result: Promise<PieceResult>;
}

/**
 * Reads the rows of a file on several workers: it is cut into pieces, every piece is worked on as if a record started with
 * it, and the results are taken in order. Where the piece before turns out to be open (its last record goes on), the guess
 * was wrong: the result is dropped, and the piece is given to the reader that was left open. So the lines written are those
 * of one reader, whatever the pieces and however fast the workers.
 */
export class RowsInPieces implements Rows {
  readonly #options: RowPathOptions;
  readonly #writer: StageWriter;
  readonly #workers: RowWorkers;
  readonly #pieceBytes: number;
  readonly #window = new ByteWindow();
  readonly #headerReader: HeaderReader;
  readonly #free: Uint8Array[] = [];
  readonly #load: number[];
  #cutter: PieceCutter | undefined;
  #file: FileWorkers | undefined;
  #sent: Sent[] = [];
  /** The newest piece whose result was taken, where its last record goes on. */
  #open: Sent | undefined;
  #count = 0;
  #tally = EMPTY_TALLY;

  constructor(options: RowPathOptions, writer: StageWriter, workers: RowWorkers, pieceBytes = PIECE_BYTES) {
    this.#options = options;
    this.#writer = writer;
    this.#workers = workers;
    this.#pieceBytes = pieceBytes;
    this.#load = new Array(workers.count).fill(0);
    this.#headerReader = new HeaderReader(this.#window, {
      columns: TRANSACTION_COLUMNS,
      maxRecordBytes: options.policy.maxRecordBytes,
    });
  }

  async push(chunk: Uint8Array): Promise<void> {
    if (this.refusal !== undefined) return;
    if (this.#cutter === undefined) await this.#readHeader(chunk);
    else await this.#cut(this.#cutter, chunk);
  }

  async end(): Promise<void> {
    if (this.#cutter === undefined) {
      this.#window.isLast = true;
      await this.push(new Uint8Array(0));
    }
    if (this.#cutter === undefined) return;
    await this.#take(this.#cutter.end());
    await this.#settleAll();
    this.close();
  }

  close(): void {
    this.#sent = [];
    this.#file?.close();
    this.#file = undefined;
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
    const file: PieceFile = { ...this.#options, header };
    this.#file = this.#workers.openFile(file);
    this.#cutter = new PieceCutter(line, () => this.#free.pop() ?? this.#file!.createBuffer(this.#pieceBytes));
    const { bytes, position, limit } = this.#window;
    await this.#cut(this.#cutter, bytes.subarray(position, limit));
  }

  async #cut(cutter: PieceCutter, chunk: Uint8Array): Promise<void> {
    for (const piece of cutter.push(chunk)) await this.#take(piece);
  }

  async #take(piece: Piece): Promise<void> {
    while (this.#sent.length >= this.#workers.count * PIECES_A_WORKER) await this.#settle();
    if (!piece.startsLine) await this.#settleAll();
    // With nothing under way it is known whether the piece before is open.
    const after = this.#sent.length === 0 ? this.#open : undefined;
    this.#sent.push(this.#send(this.#count++, piece, after));
  }

  #send(no: number, piece: Piece, after: Sent | undefined): Sent {
    const worker = after?.worker ?? this.#load.indexOf(Math.min(...this.#load));
    this.#load[worker]!++;
    const result = this.#file!.work(worker, no, piece, after?.no).finally(() => this.#load[worker]!--);
    // It is asked for later: until then a fault must not count as one that nobody looks at.
    result.catch(() => undefined);
    return { no, piece, worker, after, result };
  }

  async #settleAll(): Promise<void> {
    while (this.#sent.length > 0) await this.#settle();
  }

  /** Takes the result of the oldest piece under way. */
  async #settle(): Promise<void> {
    let sent = this.#sent.shift()!;
    let result = await sent.result;
    if (sent.after !== this.#open) {
      if (result.tally === undefined) this.#file!.drop(sent.worker, sent.no);
      sent = this.#send(sent.no, sent.piece, this.#open);
      result = await sent.result;
    }
    for (const block of result.rows) await this.#writer.writeRows(block);
    for (const block of result.rejects) await this.#writer.writeRejects(block);
    this.#open = result.tally === undefined ? sent : undefined;
    if (result.tally !== undefined) this.#tally = addTallies(this.#tally, result.tally);
    this.#release(sent.piece);
  }

  #release({ bytes }: Piece): void {
    const buffer = new Uint8Array(bytes.buffer);
    if (buffer.length === this.#pieceBytes) this.#free.push(buffer);
  }
}
