import { SIGNAL_EXIT_CODE } from '../exit-code.ts';

export type StopSignal = keyof typeof SIGNAL_EXIT_CODE;

/** What a person should know about a command that was stopped. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly signal: StopSignal;
  readonly remedy: string;

  constructor(signal: StopSignal, consequence: string) {
    super(`Interrupted${signal === 'SIGINT' ? '' : ` by ${signal}`}. ${consequence}`);
    this.signal = signal;
    this.remedy = 'Run the same command again to do it after all.';
  }
}

interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

/** npm and the shell may each pass on one press of Ctrl-C. */
const SAME_PRESS_MS = 300;

/** The first signal asks the command to stop; the second one ends the process. */
export class Interruption {
  /** What a stop would mean just now; commands keep it true. */
  consequence = 'Nothing was changed.';
  /** Said at the first signal. */
  notice = 'Stopping ... (once more to end at once)';

  private readonly controller = new AbortController();
  private readonly source: SignalSource;
  private readonly say: (text: string) => void;
  private readonly kill: (exitCode: number) => void;
  private readonly now: () => number;
  private first: number | undefined;
  private readonly onInterrupt = () => this.stop('SIGINT');
  private readonly onTerminate = () => this.stop('SIGTERM');

  constructor(
    source: SignalSource,
    say: (text: string) => void,
    kill: (exitCode: number) => void,
    now: () => number = () => performance.now(),
  ) {
    this.source = source;
    this.say = say;
    this.kill = kill;
    this.now = now;
    source.on('SIGINT', this.onInterrupt);
    source.on('SIGTERM', this.onTerminate);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  close(): void {
    this.source.off('SIGINT', this.onInterrupt);
    this.source.off('SIGTERM', this.onTerminate);
  }

  /** Waits for something that cannot be aborted, but whose end nobody needs. */
  async race<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    let onAbort: () => void = () => undefined;
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([promise, aborted]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  private stop(signal: StopSignal): void {
    if (this.first === undefined) {
      this.first = this.now();
      this.say(this.notice);
      this.controller.abort(new InterruptedError(signal, this.consequence));
    } else if (this.now() - this.first > SAME_PRESS_MS) {
      this.kill(SIGNAL_EXIT_CODE[signal]);
    }
  }
}
