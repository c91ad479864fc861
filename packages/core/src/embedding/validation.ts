import type { PolicyWords } from '../policy/policy-words.ts';
import type { FileRefusalCode } from '../ports/warehouse.port.ts';
import type { Fault } from '../rules/faults.ts';
import type { ValidTransaction } from '../rules/valid-transaction.ts';

/** The verdict on one transaction by itself. */
export type Validation<Words extends PolicyWords = PolicyWords> =
  | { readonly kind: 'valid'; readonly transaction: ValidTransaction<Words> }
  /** At least one fault, in the order of `FAULTS`, each with the `code` under which the pipeline would keep the row. */
  | { readonly kind: 'rejected'; readonly faults: readonly Fault[] }
  /** No transaction at all: no object, or a value that is neither text nor a number. No row of a file is such. */
  | { readonly kind: 'malformed'; readonly problems: readonly MalformedValue[] };

export interface MalformedValue {
  /** Empty where the whole is no object. */
  readonly column: string;
  readonly message: string;
}

/** The verdict on one row of a file. */
export type CsvRow<Words extends PolicyWords = PolicyWords> =
  | { readonly kind: 'valid'; readonly line: number; readonly transaction: ValidTransaction<Words> }
  | {
      readonly kind: 'rejected';
      /** Physical line on which the record starts; the header is line 1. */
      readonly line: number;
      readonly faults: readonly Fault[];
      /** The record as delivered, without its line break; of one that is `row-too-long` the beginning only. */
      readonly record: Uint8Array;
    }
  /** The file cannot be read as one of transactions; nothing comes after this. */
  | { readonly kind: 'refused'; readonly code: FileRefusalCode; readonly message: string };
