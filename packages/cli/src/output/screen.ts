import { printableJson } from '@weir/core/text';
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface ScreenStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ScreenOptions {
  readonly stdout: ScreenStream;
  readonly stderr: ScreenStream;
  readonly env: NodeJS.ProcessEnv;
  /** Standard output then belongs to JSON documents alone. */
  readonly json: boolean;
}

const WIDTH_WITHOUT_TERMINAL = 120;

/** Where a command writes: results on standard output, everything said on the way on standard error. */
export class Screen {
  readonly json: boolean;
  readonly stderr: ScreenStream;
  readonly colors: Colors;
  readonly errorColors: Colors;
  /** Of the terminal that results are written to. */
  readonly width: number;
  readonly showsBars: boolean;
  /** Whoever draws on the screen makes room for what is written, and draws itself again. */
  around: (write: () => void) => void = writeAtOnce;
  private readonly stdout: ScreenStream;

  constructor({ stdout, stderr, env, json }: ScreenOptions) {
    const hasColor = (stream: ScreenStream) => stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    this.json = json;
    this.stdout = stdout;
    this.stderr = stderr;
    this.colors = pc.createColors(hasColor(stdout));
    this.errorColors = pc.createColors(hasColor(stderr));
    // Some terminals say 0 where they do not know.
    this.width = stdout.columns || WIDTH_WITHOUT_TERMINAL;
    this.showsBars = stderr.isTTY === true && env.TERM !== 'dumb';
  }

  /** A result for people. */
  say(text = ''): void {
    if (!this.json) this.around(() => this.stdout.write(`${text}\n`));
  }

  /** A result for programs, on one line. */
  document(value: unknown): void {
    if (this.json) this.stdout.write(`${printableJson(value)}\n`);
  }

  note(text: string): void {
    this.around(() => this.stderr.write(`${text}\n`));
  }

  /** A story that is worth telling in both cases. */
  narrate(text = ''): void {
    if (this.json) this.note(text);
    else this.say(text);
  }
}

export function writeAtOnce(write: () => void): void {
  write();
}
