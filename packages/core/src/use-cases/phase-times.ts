import type { ToldPhases } from '../ports/ingest-event.ts';

/** Splits the time of a run into phases. */
export class PhaseTimes {
  private readonly times: { -readonly [Phase in keyof ToldPhases]: number } = {};
  private since: number;

  /** @param startedAt milliseconds since 1970-01-01 UTC, as all times here */
  constructor(startedAt: number) {
    this.since = startedAt;
  }

  /** Ends a phase, which lasted since the end of the one before. A clock that was set back makes no phase negative. */
  end(phase: keyof ToldPhases, at: number): void {
    this.times[phase] = Math.max(0, at - this.since);
    this.since = at;
  }

  list(): ToldPhases {
    return { ...this.times };
  }
}
