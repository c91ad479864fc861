import type { ResourceOptions } from './add-resources.ts';

export interface ValidateOptions extends ResourceOptions {
  readonly files: readonly string[];
  readonly products?: string | undefined;
  readonly customers?: string | undefined;
  /** Faults of each file that are told. */
  readonly limit?: number | undefined;
}
