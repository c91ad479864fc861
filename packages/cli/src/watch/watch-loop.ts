/** What a look at the landing folder came to. */
export type Look =
  /** All that landed is dealt with. */
  | 'quiet'
  /** Some files are still being written. */
  | 'restless'
  /** Something failed; the next sweep tries again. */
  | 'failed';

export interface WatchLoopOptions {
  /** One at a time is under way. Throws only where watching must end. */
  readonly look: () => Promise<Look>;
  /** Pause after an event and between looks at restless files. */
  readonly settleMs: number;
  readonly sweepMs: number;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/** Looks when something landed, and at each sweep; never twice at once. */
export class WatchLoop {
  private readonly options: WatchLoopOptions;
  private readonly now: () => number;
  private dueAt: number;
  private isLooking = false;
  private isHeldBack = false;
  private hasNews = false;
  private wake: () => void = () => undefined;

  constructor(options: WatchLoopOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
    this.dueAt = this.now();
  }

  /** Something landed or changed. */
  notify(): void {
    if (this.isLooking) this.hasNews = true;
    else if (!this.isHeldBack) this.lookWithin(this.options.settleMs);
  }

  /** Resolves when the signal is aborted. */
  async run(): Promise<void> {
    const { signal } = this.options;
    const onAbort = () => this.wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        await this.untilDue();
        if (signal.aborted) return;
        await this.lookOnce();
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  private async lookOnce(): Promise<void> {
    const { look, settleMs, sweepMs } = this.options;
    this.isLooking = true;
    this.hasNews = false;
    const result = await look().finally(() => {
      this.isLooking = false;
    });
    // After a fault every further event would meet the same one.
    this.isHeldBack = result === 'failed';
    const isSoon = result === 'restless' || (this.hasNews && !this.isHeldBack);
    this.dueAt = this.now() + (isSoon ? settleMs : sweepMs);
  }

  private lookWithin(milliseconds: number): void {
    this.dueAt = Math.min(this.dueAt, this.now() + milliseconds);
    this.wake();
  }

  private async untilDue(): Promise<void> {
    while (!this.options.signal.aborted) {
      const left = this.dueAt - this.now();
      if (left <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
