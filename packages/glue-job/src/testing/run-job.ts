/** Runs a job as Glue would, to its end. */
export type RunJob = (job: JobToRun) => Promise<JobEnd>;

export interface JobToRun {
  readonly jobName: string;
  readonly jobRunId: string;
  /** Defaults of the job and what it was started with, `--run-id` among them. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Stops it. */
  readonly signal: AbortSignal;
}

export type JobEnd = { readonly state: 'SUCCEEDED' } | { readonly state: 'FAILED'; readonly message: string };
