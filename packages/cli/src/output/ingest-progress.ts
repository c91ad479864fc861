import type { FileReport, IngestEvent } from '@weir/core';
import { formatBytes, formatCount, formatCounted, formatWait } from './format-amount.ts';
import type { Meter, MeterState } from './meter.ts';
import { Pace } from './pace.ts';

/** Turns what a run tells into progress: files and bytes done of all, rows a second, time left. */
export class IngestProgress {
  private readonly meter: Meter;
  private readonly now: () => number;
  private files = { done: 0, all: 0 };
  private bytes = { before: 0, current: 0, all: 0 };
  private rows = { before: 0, current: 0 };
  private size = 0;
  private bytePace = new Pace();
  private rowPace = new Pace();
  private deciding: { readonly doing: string; readonly since: number } | undefined;
  private readonly told = new Set<string>();

  constructor(meter: Meter, now: () => number = () => performance.now()) {
    this.meter = meter;
    this.now = now;
  }

  readonly take = (event: IngestEvent): void => {
    switch (event.kind) {
      case 'listed':
        this.begin(event.files, event.bytes);
        break;
      case 'dimensions-read':
        this.meter.line(
          `Joining with ${formatCounted(event.products, 'product')} and ${formatCounted(event.customers, 'customer')}`,
        );
        break;
      case 'file-started':
        // Behind a commit comes the next run.
        if (this.deciding === undefined) this.leaveFile();
        this.deciding = undefined;
        this.size = event.size;
        break;
      case 'file-progress':
        this.goOn(event.bytes, event.rows);
        break;
      case 'file-read':
        this.told.add(event.key);
        this.meter.line(
          `Read ${event.key}: ${formatCounted(event.rows, 'row')}, ${formatCount(event.rejected)} rejected`,
        );
        break;
      case 'committing':
        this.decide('Committing', event.files);
        break;
      case 'file-ended':
        this.tellEnd(event.file);
        break;
      case 'retrying':
        this.meter.line(`Trying again (attempt ${event.attempt}): ${event.reason}`, true);
        break;
    }
  };

  /** All is read; how long the database will take cannot be told. */
  decide(doing: 'Committing' | 'Comparing', files: number): void {
    this.leaveFile();
    this.deciding = { doing, since: this.now() };
    this.meter.line(`${doing} ${formatCounted(files, 'file')}, ${formatCounted(this.rowsDone(), 'row')}`);
    this.meter.update(() => this.describe());
  }

  stop(): void {
    this.meter.stop();
  }

  /** Also the start of another attempt. */
  private begin(files: number, bytes: number): void {
    this.files = { done: -1, all: files };
    this.bytes = { before: 0, current: 0, all: bytes };
    this.rows = { before: 0, current: 0 };
    this.size = 0;
    this.bytePace = new Pace();
    this.rowPace = new Pace();
    this.deciding = undefined;
    this.told.clear();
    this.meter.line(`Found ${formatCounted(files, 'file')}, ${formatBytes(bytes)}`);
    if (files > 0) this.meter.update(() => this.describe());
  }

  private leaveFile(): void {
    this.files.done++;
    this.bytes = { ...this.bytes, before: this.bytes.before + this.size, current: 0 };
    this.size = 0;
    this.rows = { before: this.rows.before + this.rows.current, current: 0 };
  }

  private goOn(bytes: number, rows: number): void {
    this.bytes.current = bytes;
    this.rows.current = rows;
    const at = this.now();
    this.bytePace.note(at, this.bytesDone());
    this.rowPace.note(at, this.rowsDone());
    this.meter.update(() => this.describe());
  }

  private tellEnd(file: FileReport): void {
    if (this.told.has(file.key) && file.status === 'loaded') return;
    this.meter.line(`${file.key}: ${file.problem?.message ?? file.status}`);
  }

  private describe(): MeterState {
    const at = this.now();
    if (this.deciding !== undefined) {
      const { doing, since } = this.deciding;
      const waited = formatWait(at - since);
      return { phase: `${doing} ${formatCounted(this.rowsDone(), 'row')}`, details: [waited] };
    }
    const done = this.bytesDone();
    const rowRate = this.rowPace.perSecond(at, this.rowsDone());
    const byteRate = this.bytePace.perSecond(at, done);
    const details = [
      formatCounted(this.rowsDone(), 'row'),
      `${formatBytes(done)} of ${formatBytes(this.bytes.all)}`,
      ...(rowRate > 0 ? [`${formatCount(rowRate)} rows/s`] : []),
      // How long the commit will take cannot be told from here.
      ...(byteRate > 0 ? [`${formatWait(((this.bytes.all - done) / byteRate) * 1000)} left to read`] : []),
    ];
    const place = Math.max(0, Math.min(this.files.done, this.files.all - 1)) + 1;
    const share = this.bytes.all === 0 ? 1 : done / this.bytes.all;
    return { phase: `File ${place} of ${this.files.all}`, share, details };
  }

  private bytesDone(): number {
    return Math.min(this.bytes.all, this.bytes.before + this.bytes.current);
  }

  private rowsDone(): number {
    return this.rows.before + this.rows.current;
  }
}
