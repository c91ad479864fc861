import type { RecordStart } from '../intake/record-reader.ts';
import type { Piece } from './piece-cutter.ts';
import { RowPath, type RowPathOptions, type RowTally } from './row-path.ts';

export interface PieceResult {
  /** Whole lines with the columns `STAGED_ROW_COLUMNS`. */
  readonly rows: readonly Uint8Array[];
  /** Whole lines with the columns `STAGED_REJECT_COLUMNS`. */
  readonly rejects: readonly Uint8Array[];
  /** Whether its last record goes on behind it. */
  readonly isOpen: boolean;
  /** Of the piece and of those that it went on from. */
  readonly tally: RowTally;
}

/** What pieces of one file have in common. */
export type PieceFile = Omit<RowPathOptions, 'start'> & Pick<RecordStart, 'header'>;

/** Works on pieces of one file. Synchronous and pure: the same pieces give the same lines. */
export class PieceWork {
  private readonly file: PieceFile;
  /** The ways of pieces whose last record is not read to its end, by the number of the piece. */
  private readonly open = new Map<number, RowPath>();
  /** A way that came to its end, with its memory. */
  private spare: RowPath | undefined;

  constructor(file: PieceFile) {
    this.file = file;
  }

  /**
   * @param after the number of the piece whose last record goes on in this one: it was worked on here and left open.
   * Undefined where a record starts with the piece.
   */
  work(no: number, piece: Piece, after: number | undefined): PieceResult {
    const path = after === undefined ? this.begin(piece) : this.resume(after);
    path.push(piece.bytes);
    if (piece.isLast) path.end();
    const isOpen = !piece.isLast && !path.isBetweenRecords;
    if (isOpen) this.open.set(no, path);
    else this.spare = path;
    return { isOpen, rows: path.takeRows(true), rejects: path.takeRejects(true), tally: path.tally() };
  }

  /** Forgets a piece that was left open and that nothing will go on from. */
  drop(no: number): void {
    this.open.delete(no);
  }

  private begin({ line }: Piece): RowPath {
    const { spare } = this;
    this.spare = undefined;
    if (spare !== undefined) {
      spare.moveTo(line);
      return spare;
    }
    const { header, ...options } = this.file;
    return new RowPath({ ...options, start: { header, line } });
  }

  private resume(no: number): RowPath {
    const path = this.open.get(no);
    if (path === undefined) throw new Error(`piece ${no} was not left open here`);
    this.open.delete(no);
    return path;
  }
}
