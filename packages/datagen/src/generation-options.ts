import type { FaultKnobs } from './fault-knobs.ts';
import type { FaultProfileName } from './fault-profiles.ts';

/** What to generate and where. Everything but `out` has a default. Same options, same bytes. */
export interface GenerationOptions {
  /** Folder that gets `landing/`, `dimensions/`, `expected.json`; made where missing. */
  readonly out: string;
  /** First day, `YYYY-MM-DD`. Default `2023-03-15`. */
  readonly start?: string | undefined;
  /** Number of days, 1 to 3660. Default 3. */
  readonly days?: number | undefined;
  /**
   * Data rows of a normal day's file, 1 to 100,000,000. Default 10000. With `seasonality` a day has 0.8 to 1.5 times as
   * many; faults may add one or two.
   */
  readonly rowsPerDay?: number | undefined;
  /** Rows of the product dimension, 1 to 1,000,000. Default 500. */
  readonly products?: number | undefined;
  /** Rows of the customer dimension, 1 to 50,000,000. Default 5000. */
  readonly customers?: number | undefined;
  /** 0 to 4294967295. Default 42. */
  readonly seed?: number | undefined;
  /** `false` gives every day exactly `rowsPerDay` rows instead of more on Saturdays and in December. Default `true`. */
  readonly seasonality?: boolean | undefined;
  /**
   * A profile, or single knobs (those not named are 0, but `correctedRows` is 0.02 where files are corrected). Default
   * `default`.
   */
  readonly faults?: FaultProfileName | Partial<FaultKnobs> | undefined;
  /** Called about every 16,000 rows and at the end; must not throw. */
  readonly onProgress?: ((progress: GenerationProgress) => void) | undefined;
  /** Ends the work early; the promise rejects with the signal's reason, and no half written file stays behind. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Rows of all files, repeated and corrected ones included. The expectation is exact to a few rows a file; for later
 * deliveries it grows by the file of late updates when that begins.
 */
export interface GenerationProgress {
  readonly rowsWritten: number;
  readonly rowsExpected: number;
}
