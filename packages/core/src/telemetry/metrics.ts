/** The metrics of Weir. They have the same names wherever they are read: in Prometheus, in CloudWatch. */
export const METRICS = {
  weir_runs_total: { type: 'counter', help: 'Runs that ended, by status.', label: 'status' },
  weir_files_total: { type: 'counter', help: 'Deliveries that runs dealt with, by status.', label: 'status' },
  weir_rows_total: {
    type: 'counter',
    help: 'Rows of deliveries, by verdict; together all that were read.',
    label: 'verdict',
  },
  weir_rejects_total: {
    type: 'counter',
    help: 'Rejected rows, by code; a row counts under each of its codes.',
    label: 'code',
  },
  weir_open_rejects: {
    type: 'gauge',
    help: 'Rejected rows that are neither resolved nor dismissed.',
    label: undefined,
  },
  weir_run_duration_seconds: {
    type: 'gauge',
    help: 'From the start of the newest run to its commit.',
    label: undefined,
  },
  weir_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When the newest run that succeeded was committed; 0 where none did.',
    label: undefined,
  },
} as const satisfies Readonly<Record<string, Metric>>;

interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  /** The one name by which its values are told apart. */
  readonly label: string | undefined;
}

export type MetricName = keyof typeof METRICS;

/** One value of a metric. */
export interface Sample {
  readonly name: MetricName;
  /** The value of its label; undefined where it has none. */
  readonly of: string | undefined;
  readonly value: number;
}
