import { printable } from '@weir/core/text';
import cliProgress from 'cli-progress';
import type { Meter, MeterState } from './meter.ts';
import { type Screen, writeAtOnce } from './screen.ts';
import { shorten } from './shorten.ts';

const BAR_WIDTH = 24;

/** For terminals: one bar that follows, and disappears at the end. */
export class BarMeter implements Meter {
  private readonly screen: Screen;
  private bar: cliProgress.SingleBar | undefined;
  private describe: () => MeterState = () => ({ phase: 'Starting', details: [] });

  constructor(screen: Screen) {
    this.screen = screen;
  }

  update(describe: () => MeterState): void {
    this.describe = describe;
    if (this.bar !== undefined) return;
    this.bar = this.start();
    this.screen.around = (write) => {
      this.bar?.stop();
      write();
      this.bar = this.start();
    };
  }

  line(text: string, everywhere = false): void {
    if (everywhere) this.screen.note(printable(text));
  }

  stop(): void {
    this.screen.around = writeAtOnce;
    this.bar?.stop();
    this.bar = undefined;
  }

  /** The bar draws itself again ten times a second, so that seconds go on while nothing is reported. */
  private start(): cliProgress.SingleBar {
    const { stderr } = this.screen;
    const bar = new cliProgress.SingleBar({
      format: () => drawBar(this.describe(), stderr.columns || 80, this.screen.errorColors.cyan),
      stream: stderr as NodeJS.WritableStream,
      fps: 10,
      clearOnComplete: true,
      // A killed process could not give the cursor and the wrapping of lines back.
      hideCursor: null,
      linewrap: true,
      // Signals are the command's own business.
      gracefulExit: false,
    });
    bar.start(1, 0);
    return bar;
  }
}

/** One line that is narrower than the terminal. */
export function drawBar(state: MeterState, columns: number, color: (text: string) => string): string {
  const { share } = state;
  if (share === undefined) return describe(state, columns - 1);
  const full = Math.round(Math.min(1, share) * BAR_WIDTH);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const text = describe(state, columns - BAR_WIDTH - percent.length - 4);
  return `${color('█'.repeat(full))}${'░'.repeat(BAR_WIDTH - full)} ${percent}  ${text}`;
}

function describe({ phase, details }: MeterState, width: number): string {
  const lines = [...details, ''].map((_, left) => printable([phase, ...details.slice(left)].join(' · ')));
  return lines.find((line) => line.length <= width) ?? shorten(lines.at(-1)!, Math.max(1, width));
}
