import type { StatementRecord } from './statement-record.ts';

/** What befalls a statement within Redshift; what befalls a call is the business of the simulator's own faults. */
export type RedshiftFaultKind =
  /** All is committed, and the statement is FAILED. */
  | 'fails-after-commit'
  /** Rolled back with ERROR 1023 when it would commit. */
  | 'serialization-failure'
  /** Stays STARTED until it is cancelled, with nothing done. */
  | 'hangs'
  /** FINISHED, but its results cannot be had. */
  | 'loses-results'
  /** FAILED as cancelled by nobody, with nothing done, as now and then the first statement of a workgroup that wakes up. */
  | 'is-cancelled'
  /** Its COPY fails because S3 answers SlowDown. */
  | 'slow-down'
  /** The workgroup sleeps and does not wake up: nothing is begun, the call fails. */
  | 'does-not-wake'
  /** The workgroup sleeps: the statement stays SUBMITTED for `seconds` of AWS. */
  | 'wakes-slowly';

export interface RedshiftFault {
  readonly kind: RedshiftFaultKind;
  /** Only statements with one that this matches; any where left out. */
  readonly statement?: RegExp;
  /** How many statements it befalls. Default 1. */
  readonly times?: number;
  readonly seconds?: number;
}

/** Faults that wait for their statements. */
export class RedshiftFaults {
  readonly #waiting: { readonly fault: RedshiftFault; left: number }[] = [];

  /** @returns how often it has befallen a statement */
  inject(fault: RedshiftFault): { readonly fired: number } {
    const times = fault.times ?? 1;
    const entry = { fault, left: times };
    this.#waiting.push(entry);
    return {
      get fired() {
        return times - entry.left;
      },
    };
  }

  /** Forgets those that have not befallen anything yet. */
  clear(): void {
    this.#waiting.length = 0;
  }

  /** Takes the fault of these kinds that was injected first for such a statement. */
  take(sqls: readonly string[], ...kinds: readonly RedshiftFaultKind[]): RedshiftFault | undefined {
    const entry = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 && kinds.includes(fault.kind) && sqls.some((sql) => fault.statement?.test(sql) ?? true),
    );
    if (entry === undefined) return undefined;
    entry.left--;
    return entry.fault;
  }

  takeFor(record: StatementRecord, ...kinds: readonly RedshiftFaultKind[]): RedshiftFault | undefined {
    return this.take(record.request.sqls, ...kinds);
  }
}
