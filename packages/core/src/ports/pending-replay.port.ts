import type { RejectPlace } from './reject-store.port.ts';

/**
 * Remembers that rejects are to be read again, and how far that is: so it may be stopped anywhere, and somebody else goes on.
 * Shared by all who demand and all who read, any number of them at once.
 */
export interface PendingReplay {
  /** From now on all of them are due, also those behind which somebody is already. */
  demand(): Promise<void>;

  /** Undefined where nothing is due. */
  read(): Promise<DueReplay | undefined>;

  /**
   * Notes how far it is, unless somebody demanded it or noted something else since it was read.
   *
   * @returns as it stands now; undefined where somebody was faster, or nothing is due any more: read it again
   */
  advance(read: DueReplay, after: RejectPlace): Promise<DueReplay | undefined>;

  /** Nothing is due any more, unless somebody demanded it or noted something else since it was read. */
  complete(read: DueReplay): Promise<void>;
}

export interface DueReplay {
  /** Those that come after this place are due; all where it is undefined. */
  readonly after: RejectPlace | undefined;
  /** Opaque mark of what was read. */
  readonly revision: string;
}
