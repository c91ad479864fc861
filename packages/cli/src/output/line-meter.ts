import type { Meter, MeterState } from './meter.ts';
import { printable } from './printable.ts';
import type { Screen } from './screen.ts';

const PAUSE_MS = 5000;

/** For logs and pipes: at most one progress line in five seconds. */
export class LineMeter implements Meter {
  private readonly screen: Screen;
  private readonly isQuiet: boolean;
  private readonly now: () => number;
  private lastAt: number;

  constructor(screen: Screen, lines: 'lines' | 'quiet' = 'lines', now: () => number = () => performance.now()) {
    this.screen = screen;
    this.isQuiet = lines === 'quiet';
    this.now = now;
    this.lastAt = now();
  }

  update(describe: () => MeterState): void {
    if (this.now() - this.lastAt < PAUSE_MS) return;
    this.lastAt = this.now();
    const { phase, share, details } = describe();
    const percent = share === undefined ? [] : [`${Math.floor(share * 100)} %`];
    this.screen.note(printable([phase, ...percent, ...details].join(', ')));
  }

  line(text: string, everywhere = false): void {
    if (!this.isQuiet || everywhere) this.screen.note(printable(text));
  }

  stop(): void {
    // Nothing stays on the screen that would have to go.
  }
}
