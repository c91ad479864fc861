/** What a job run is given. */
export interface GlueRun {
  readonly jobName: string;
  readonly jobRunId: string;
  /** Those of the call over the job's own. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Aborted when the run is stopped or takes too long. */
  readonly signal: AbortSignal;
}

export type GlueOutcome = { readonly state: 'SUCCEEDED' } | { readonly state: 'FAILED'; readonly message: string };

/** Really runs a job. An error that it throws is a run that FAILED. */
export type GlueRunner = (run: GlueRun) => Promise<GlueOutcome>;

export interface GlueJobDefinition {
  readonly runner: GlueRunner;
  /** Default 1, as in AWS. */
  readonly maxConcurrentRuns?: number;
  readonly defaultArguments?: Readonly<Record<string, string>>;
  /** Minutes of AWS. Default 480. */
  readonly timeout?: number;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
}

export interface GlueOptions {
  readonly jobs: Readonly<Record<string, GlueJobDefinition>>;
  /** Real milliseconds that a run is STARTING. Default 5. */
  readonly startMs?: number;
}

export type JobRunState = 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT';

/** One run as the service remembers it. Times are milliseconds since 1970. */
export interface JobRun {
  readonly id: string;
  readonly jobName: string;
  /** As the call gave them. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly previous: string | undefined;
  readonly attempt: number;
  readonly startedAt: number;
  /** Minutes of AWS. */
  readonly timeout: number;
  readonly abort: AbortController;
  state: JobRunState;
  message: string | undefined;
  modifiedAt: number;
  completedAt: number | undefined;
}

export function isRunning({ state }: JobRun): boolean {
  return state === 'STARTING' || state === 'RUNNING' || state === 'STOPPING';
}
