import type { Books } from './books.ts';
import type { DayRange } from './day-range.ts';
import type { FileRecord } from './run-history.port.ts';

/** What was delivered, over all runs. */
export interface DeliveryLog {
  /**
   * Entries of files in pages of at most some thousand, ordered by source day, then key byte by byte, then run. Not one
   * state: what is committed while pages are read may show or not.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  files(query: FileQuery): AsyncIterable<readonly LoggedFile[]>;

  /**
   * One entry a source day that has any delivery, in order; days without one are left out.
   *
   * @throws RangeError for what `listDays` does not take
   */
  days(range: DayRange): Promise<readonly DeliveryDay[]>;
}

/** Entries that fit every part that is given. */
export interface FileQuery extends Partial<DayRange> {
  /** At least one. */
  readonly statuses?: readonly FileRecord['status'][] | undefined;
  /** Only those that come after this place. */
  readonly after?: FilePlace | undefined;
  /** At most so many, from 1. */
  readonly limit?: number | undefined;
}

export interface FilePlace {
  readonly sourceDay: string;
  readonly key: string;
  readonly runId: string;
}

export interface LoggedFile extends FileRecord, FilePlace {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly loadedAt: number;
}

/** A day's deliveries: of those that were loaded the books, replays apart. */
export interface DeliveryDay {
  readonly day: string;
  /** Number of deliveries that were loaded, were empty, were refused; one that was refused again counts once. */
  readonly loaded: number;
  readonly empty: number;
  readonly refused: number;
  readonly books: Books;
}
