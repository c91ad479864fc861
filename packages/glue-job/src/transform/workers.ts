/** Whoever hands lines to workers: Spark, through the driver. */
export interface Workers {
  /** How many work at the same time. */
  readonly parallelism: number;

  /**
   * Gives each worker the lines of one partition.
   *
   * @returns what they printed, line by line, in the order of the partitions
   * @throws PortError `job.workers-failed` (retryable), or the signal's reason
   */
  run(partitions: readonly (readonly string[])[], signal: AbortSignal | undefined): Promise<readonly string[]>;
}
