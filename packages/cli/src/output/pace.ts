interface Sample {
  readonly at: number;
  readonly done: number;
}

/** Long enough to be steady, short enough to follow a change. */
const WINDOW_MS = 10_000;

/** How fast something goes on lately. */
export class Pace {
  private readonly samples: Sample[] = [];

  /** @param at milliseconds of a clock that never goes back */
  note(at: number, done: number): void {
    const { samples } = this;
    const last = samples.at(-1);
    if (last !== undefined && at - last.at < 100) return;
    samples.push({ at, done });
    while (samples.length > 2 && at - samples[0]!.at > WINDOW_MS) samples.shift();
  }

  /** In a second; 0 as long as nothing is known. */
  perSecond(at: number, done: number): number {
    const first = this.samples[0];
    if (first === undefined || at - first.at < 200) return 0;
    return ((done - first.done) / (at - first.at)) * 1000;
  }
}
