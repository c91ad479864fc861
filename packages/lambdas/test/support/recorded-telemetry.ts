import { renderSample, type Sample } from '@weir/core/telemetry';
import type { LogFields, Metric, Telemetry } from '../../src/telemetry/telemetry.ts';

export interface RecordedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what a function tells. */
export class RecordedTelemetry implements Telemetry {
  readonly lines: RecordedLine[] = [];
  readonly counts: Partial<Record<Metric, number>> = {};

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', message, fields });
  }

  count(metric: Metric, value: number): void {
    this.counts[metric] = (this.counts[metric] ?? 0) + value;
  }

  /** As Prometheus would show them. */
  readonly samples: string[] = [];

  measure(sample: Sample): void {
    this.samples.push(renderSample(sample));
  }

  /** Fields of the lines with this message. */
  said(message: string): readonly LogFields[] {
    return this.lines.filter((line) => line.message.startsWith(message)).map(({ fields }) => fields);
  }
}
