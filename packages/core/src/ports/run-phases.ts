/** How long a run's phases took, in milliseconds; what was not measured is left out. */
export interface RunPhases {
  /** Finding what has landed. */
  readonly listing?: number;
  /** Reading products and customers. */
  readonly dimensions?: number;
  /** Reading, checking and staging rows. */
  readonly reading?: number;
  /** From the begin of the transaction to the run's entry in it; the wait for other writers is part of it. */
  readonly committing?: number;
}
