import type { FaultOptions } from './faults/fault-options.ts';
import type { GlueOptions } from './glue/glue-job.ts';
import type { RedshiftOptions } from './redshift-data/redshift-options.ts';
import type { S3Limits } from './s3/s3-call.ts';

export interface AwsSimulatorOptions {
  readonly faults?: FaultOptions;
  /** The clock of all services; the system's where it is left out. */
  readonly now?: () => Date;
  /** Real milliseconds of a second of AWS, for the waits of queues and retries; 1000 where it is left out. */
  readonly secondMs?: number;
  readonly region?: string;
  readonly account?: string;
  /** Smaller limits than those of AWS, so that a test needs no gigabytes. */
  readonly s3?: Partial<S3Limits>;
  /** Whether email subscribers confirm at once, which they do where it is left out. */
  readonly confirmsEmails?: boolean;
  readonly glue?: GlueOptions;
  /** Without it there is no Redshift. */
  readonly redshift?: RedshiftOptions;
}
