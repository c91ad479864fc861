/**
 * When during a call the process is killed: `before` it, while it is under way (it was sent, and its answer never seen), or
 * `after` its answer, before anything is made of it.
 */
export type KillMoment = 'before' | 'during' | 'after';

export interface ExternalCall {
  /** Such as `fs link` or `COMMIT`. */
  readonly name: string;
  /** Whether it may change something outside of the process. */
  readonly changes: boolean;
  /** Whether what it changes may outlive the process: a file, or what is committed. */
  readonly lasts: boolean;
}

/** A place in the life of a process where it can be killed. */
export interface KillPoint {
  /** Which of its external calls, from 1. */
  readonly call: number;
  readonly moment: KillMoment;
}

/** Asked at each call; undefined lets it live on. */
export type MomentOf = (call: ExternalCall) => KillMoment | undefined;
