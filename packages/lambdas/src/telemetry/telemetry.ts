import type { Sample } from '@weir/core/telemetry';

/** What a function tells about itself while it works. */
export interface Telemetry {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Adds to a metric; nothing is told of 0. */
  count(metric: Metric, value: number): void;
  /** Tells a metric that Weir has everywhere, under the name that it has everywhere. */
  measure(sample: Sample): void;
}

/** Names and numbers. Never rows, never what a file holds, never whole events. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What the functions count beside the metrics of all of Weir. */
export type Metric =
  /** Messages that hold no event of ours; they end among the dead letters. */
  | 'MessagesMalformed'
  /** Events of objects that are none of our files, and trials of the connection. */
  | 'EventsIgnored'
  | 'FilesPlanned'
  | 'RunsPlanned'
  | 'RunsStarted'
  | 'NoticesSent'
  | 'FilesArchived'
  | 'FilesQuarantined'
  | 'FilesNotMoved'
  /** Files that failed as often as they may, and lie in the landing place until people act. */
  | 'FilesGivenUp'
  /** Runs about which a sweep had to do something: an event was lost, or somebody crashed. */
  | 'RunsSwept'
  | 'DimensionRowsRead'
  | 'DimensionFilesRefused'
  /** Rejected rows that were accepted once their product or customer was loaded. */
  | 'RowsHealed';
