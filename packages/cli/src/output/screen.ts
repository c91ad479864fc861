import { printableJson } from '@weir/core/text';
import pc from 'picocolors';
import type { Column } from './column.ts';
import { csvRecord } from './csv-record.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** Where it is not text, standard output belongs to that format alone. */
export type OutputFormat = 'text' | 'json' | 'csv';

export interface ScreenStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ScreenOptions {
  readonly stdout: ScreenStream;
  readonly stderr: ScreenStream;
  readonly env: NodeJS.ProcessEnv;
  readonly format: OutputFormat;
}

const WIDTH_WITHOUT_TERMINAL = 120;

/** Where a command writes: results on standard output, everything said on the way on standard error. */
export class Screen {
  readonly format: OutputFormat;
  readonly stderr: ScreenStream;
  readonly colors: Colors;
  readonly errorColors: Colors;
  /** Of the terminal that results are written to. */
  readonly width: number;
  readonly showsBars: boolean;
  /** Whoever draws on the screen makes room for what is written, and draws itself again. */
  around: (write: () => void) => void = writeAtOnce;
  private readonly stdout: ScreenStream;
  private heading: string | undefined;

  constructor({ stdout, stderr, env, format }: ScreenOptions) {
    const hasColor = (stream: ScreenStream) => stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    this.format = format;
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
    if (this.format === 'text') this.around(() => this.stdout.write(`${text}\n`));
  }

  /** A result for programs, on one line. */
  document(value: unknown): void {
    if (this.format === 'json') this.stdout.write(`${printableJson(value)}\n`);
  }

  /** The same as rows of CSV, for programs and spreadsheets. The heading comes once, however often rows follow. */
  records<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void {
    if (this.format !== 'csv') return;
    const heading = csvRecord(columns.map(({ name }) => name));
    const lines = rows.map((row) => csvRecord(columns.map(({ value }) => value(row))));
    const text = heading === this.heading ? lines : [heading, ...lines];
    this.heading = heading;
    if (text.length > 0) this.stdout.write(`${text.join('\n')}\n`);
  }

  note(text: string): void {
    this.around(() => this.stderr.write(`${text}\n`));
  }

  /** A story that is worth telling in every format. */
  narrate(text = ''): void {
    if (this.format === 'text') this.say(text);
    else this.note(text);
  }
}

export function writeAtOnce(write: () => void): void {
  write();
}
