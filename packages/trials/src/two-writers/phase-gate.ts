/** Holds a writer before each of its phases until the schedule lets it go on. */
export class PhaseGate {
  /** The phase before which the writer waits; undefined while it moves, or after its end. */
  waitingFor: string | undefined;
  /** The phase that it is in. */
  phase: string | undefined;
  isEnded = false;
  #permits = 0;
  #isOpen = false;
  #goOn: (() => void) | undefined;
  #tellStill: () => void = () => undefined;

  /** Resolves when the writer waits or has ended; it may never do so while it waits for a lock. */
  get still(): Promise<void> {
    if (this.isEnded || this.waitingFor !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#tellStill = resolve;
    });
  }

  /** Called by the writer. */
  async arrive(phase: string): Promise<void> {
    if (this.#permits > 0) this.#permits--;
    else if (!this.#isOpen) {
      this.waitingFor = phase;
      this.#tellStill();
      await new Promise<void>((resolve) => {
        this.#goOn = resolve;
      });
    }
    this.phase = phase;
  }

  /** Lets the writer do one more phase: now, or when it comes to it. */
  permit(): void {
    if (!this.#release()) this.#permits++;
  }

  /** Called when the writer has ended. */
  end(): void {
    this.isEnded = true;
    this.#tellStill();
  }

  /** Lets the writer go on to its end. */
  open(): void {
    this.#isOpen = true;
    this.#release();
  }

  #release(): boolean {
    const goOn = this.#goOn;
    this.#goOn = undefined;
    this.waitingFor = undefined;
    goOn?.();
    return goOn !== undefined;
  }
}
