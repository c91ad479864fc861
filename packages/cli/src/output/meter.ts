/** How far something is. */
export interface MeterState {
  /** What is being done: `Reading`, `Committing 7 files`. */
  readonly phase: string;
  /** From 0 to 1; undefined where the end is not known. */
  readonly share?: number | undefined;
  /** The most telling last: the first ones are left out where the terminal is narrow. */
  readonly details: readonly string[];
}

/** Shows progress, either as a bar on a terminal or as a line now and then. */
export interface Meter {
  /** @param describe is called only when something is to be shown */
  update(describe: () => MeterState): void;
  /** Something worth a line of its own. `everywhere`: also where a bar shows it already. */
  line(text: string, everywhere?: boolean): void;
  stop(): void;
}
