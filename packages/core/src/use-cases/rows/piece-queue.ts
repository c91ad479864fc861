import type { FileWorkers } from '../../ports/row-workers.port.ts';
import { type Piece, PieceCutter } from '../../staging/piece-cutter.ts';
import type { PieceResult } from '../../staging/piece-work.ts';

/** Pieces for each worker: one that it works on, and the next ones. */
const PIECES_A_WORKER = 3;
/** What reading, cutting and writing weigh beside the pieces of the last worker, which does all that. In pieces. */
const OTHER_WORK = 2;

/** A piece that a worker has. */
interface Sent {
  readonly no: number;
  readonly piece: Piece;
  readonly worker: number;
  /** The number of the piece that it went on from. Not that piece: it would hold the results of all that went before. */
  readonly after: number | undefined;
  readonly result: Promise<PieceResult>;
}

/** A piece whose last record goes on. */
type OpenPiece = Pick<Sent, 'no' | 'worker'>;

export interface PieceQueueOptions {
  readonly workers: FileWorkers;
  /** Of workers. */
  readonly count: number;
  /** Physical line of the first byte, from 1. */
  readonly line: number;
  readonly pieceBytes: number;
  /** Takes the results in the order of the pieces; the next one waits for it. */
  readonly take: (result: PieceResult) => void | Promise<void>;
}

/**
 * The bytes behind the header of a file on their way over several workers: they are cut into pieces, every piece is worked on
 * as if a record started with it, and the results are taken in order. Where the piece before turns out to be open (its last
 * record goes on), the guess was wrong: the result is dropped, and the piece is given to the reader that was left open. So the
 * results are those of one reader, whatever the pieces and however fast the workers.
 */
export class PieceQueue {
  readonly #options: PieceQueueOptions;
  readonly #pieceBytes: number;
  readonly #cutter: PieceCutter;
  readonly #free: Uint8Array[] = [];
  /** Of each worker. */
  readonly #load: number[];
  #sent: Sent[] = [];
  /** The newest piece whose result was taken, where its last record goes on. */
  #open: OpenPiece | undefined;
  #count = 0;

  constructor(options: PieceQueueOptions) {
    const { workers, count, line, pieceBytes } = options;
    this.#options = options;
    this.#pieceBytes = pieceBytes;
    this.#load = Array.from({ length: count }, (_, worker) => (worker === count - 1 ? OTHER_WORK : 0));
    this.#cutter = new PieceCutter(line, () => this.#free.pop() ?? workers.createBuffer(pieceBytes));
  }

  async push(chunk: Uint8Array): Promise<void> {
    for (const piece of this.#cutter.push(chunk)) await this.#add(piece);
  }

  /** To be called once, after the last bytes. */
  async end(): Promise<void> {
    await this.#add(this.#cutter.end());
    await this.#settleAll();
    this.close();
  }

  /** Gives up what is under way, if anything is. */
  close(): void {
    this.#sent = [];
    this.#options.workers.close();
  }

  async #add(piece: Piece): Promise<void> {
    while (this.#isFull()) await this.#settle();
    // Behind an open piece no guess is made: in a file whose records span lines the next one would be wrong as well.
    if (!piece.startsLine || this.#open !== undefined) await this.#settleAll();
    // With nothing under way it is known whether the piece before is open.
    const after = this.#sent.length === 0 ? this.#open : undefined;
    this.#sent.push(this.#send(this.#count++, piece, after));
  }

  /** Results that wait for those before them count, too: they take memory. */
  #isFull(): boolean {
    const { count } = this.#options;
    return this.#sent.length >= count * PIECES_A_WORKER || Math.min(...this.#load) >= PIECES_A_WORKER;
  }

  #send(no: number, piece: Piece, after: OpenPiece | undefined): Sent {
    const worker = after?.worker ?? this.#load.indexOf(Math.min(...this.#load));
    this.#load[worker]!++;
    const result = this.#options.workers.work(worker, no, piece, after?.no).finally(() => this.#load[worker]!--);
    // It is asked for later: until then a fault must not count as one that nobody looks at.
    result.catch(() => undefined);
    return { no, piece, worker, after: after?.no, result };
  }

  async #settleAll(): Promise<void> {
    while (this.#sent.length > 0) await this.#settle();
  }

  /** Takes the result of the oldest piece under way. */
  async #settle(): Promise<void> {
    let sent = this.#sent.shift()!;
    let result = await sent.result;
    if (sent.after !== this.#open?.no) {
      if (result.isOpen) this.#options.workers.drop(sent.worker, sent.no);
      sent = this.#send(sent.no, sent.piece, this.#open);
      result = await sent.result;
    }
    await this.#options.take(result);
    this.#open = result.isOpen ? { no: sent.no, worker: sent.worker } : undefined;
    this.#release(sent.piece);
  }

  #release({ bytes }: Piece): void {
    const buffer = new Uint8Array(bytes.buffer);
    if (buffer.length === this.#pieceBytes) this.#free.push(buffer);
  }
}
