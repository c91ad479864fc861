import type { Header } from '../../intake/read-header.ts';
import type { FileRefusal } from '../../ports/warehouse.port.ts';
import type { RowTally } from '../../staging/row-path.ts';

/** The rows of one delivery on their way into a stage. */
export interface Rows {
  /** The bytes of the file, unpacked, in any pieces; waits while the stage is behind. */
  push(chunk: Uint8Array): Promise<void>;
  /** To be called once, after the last bytes. */
  end(): Promise<void>;
  /** Gives up what is under way, if anything is. */
  close(): void;
  /** Undefined before it was found. */
  readonly header: Header | undefined;
  /** Why the file cannot be read as ours; nothing is read any more. */
  readonly refusal: FileRefusal | undefined;
  /** Data rows so far, bad ones among them. */
  readonly read: number;
  /** Of all rows, when `end` was called. */
  tally(): RowTally;
}
