import type { FaultCode } from '../../rules/faults.ts';

/** One broken rule of one row, with what stands there. */
export interface FoundFault {
  /** Physical line on which the row starts; the header is on line 1. */
  readonly line: number;
  /** The column that the rule is about; empty where it is about the whole record. */
  readonly column: string;
  /**
   * What stands in that column, or of the whole record its beginning; at most 200 characters, and `…` where it was cut.
   * Undefined where it is not text, or lies beyond what is kept of a long record.
   */
  readonly value: string | undefined;
  readonly code: FaultCode;
  readonly message: string;
}
