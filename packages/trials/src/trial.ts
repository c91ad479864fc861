/** One promise of the pipeline, tried many times over. */
export interface Trial {
  /** What is tried, in one line. */
  readonly about: string;
  /** Those that it knows; the first one where the command names none. */
  readonly warehouses: readonly WarehouseKind[];
  run(options: TrialOptions): Promise<TrialResult>;
}

export const WAREHOUSE_KINDS = ['memory', 'postgres'] as const;
export type WarehouseKind = (typeof WAREHOUSE_KINDS)[number];

export interface TrialOptions {
  /** How many; undefined for as many as every build tries. */
  readonly count: number | undefined;
  /** From 0 to below 2^32: the same one gives the same trials. */
  readonly seed: number;
  readonly warehouse: WarehouseKind;
  /** Told now and then how far it is. */
  readonly tell: (progress: string) => void;
}

export interface TrialResult {
  /** One line that says what was counted. */
  readonly counted: string;
  /** What broke a promise, each with what repeats it. */
  readonly violations: readonly string[];
}
