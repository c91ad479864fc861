import { printable } from '@weir/core/text';
import type { Meter, MeterState } from './meter.ts';
import type { Screen } from './screen.ts';

const PAUSE_MS = 10_000;
const LOOK_MS = 1000;

/** For logs and pipes: at most one progress line in ten seconds, also while nothing is reported, as during a commit. */
export class LineMeter implements Meter {
  private readonly screen: Screen;
  private readonly isQuiet: boolean;
  private readonly now: () => number;
  private describe: () => MeterState = () => ({ phase: 'Starting', details: [] });
  private lastAt: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(screen: Screen, lines: 'lines' | 'quiet' = 'lines', now: () => number = () => performance.now()) {
    this.screen = screen;
    this.isQuiet = lines === 'quiet';
    this.now = now;
    this.lastAt = now();
  }

  update(describe: () => MeterState): void {
    this.describe = describe;
    this.timer ??= setInterval(() => this.tellWhenDue(), LOOK_MS).unref();
    this.tellWhenDue();
  }

  line(text: string, everywhere = false): void {
    if (!this.isQuiet || everywhere) this.screen.note(printable(text));
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tellWhenDue(): void {
    if (this.now() - this.lastAt < PAUSE_MS) return;
    this.lastAt = this.now();
    const { phase, share, details } = this.describe();
    const percent = share === undefined ? [] : [`${Math.floor(share * 100)} %`];
    this.screen.note(printable([phase, ...percent, ...details].join(', ')));
  }
}
