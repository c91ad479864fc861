import type { FaultCode, FileProblem, FoundFault, ValidatedDelivery } from '@weir/core';

/** One file as it was found. */
export interface ValidationResult {
  /** As it stood on the command line. */
  readonly file: string;
  /** `faulty`: some of its rows would be rejected; `failed`: it could not be read. */
  readonly status: 'valid' | 'empty' | 'faulty' | 'refused' | 'failed';
  /** Why it would be refused, or could not be read. */
  readonly problem: FileProblem | undefined;
  readonly sourceDay: string | undefined;
  readonly read: number;
  readonly rejected: number;
  readonly blankLines: number;
  readonly faultsByCode: Readonly<Partial<Record<FaultCode, number>>>;
  /** The first ones. */
  readonly faults: readonly FoundFault[];
  readonly faultsLeftOut: number;
  readonly ignoredColumns: readonly string[];
}

/** @param told how many faults were told, whether or not they are kept in `faults` */
export function toValidationResult(
  file: string,
  delivery: ValidatedDelivery,
  faults: readonly FoundFault[],
  told: number,
): ValidationResult {
  if (delivery.kind === 'failed') return failedResult(file, delivery.problem);
  const { status, refusal, sourceDay, read, rejected, blankLines, rejectsByCode } = delivery.file;
  const all = Object.values(rejectsByCode).reduce((sum, count) => sum + count, 0);
  return {
    file,
    status: status === 'loaded' ? (rejected > 0 ? 'faulty' : 'valid') : status,
    problem: refusal === undefined ? undefined : { ...refusal, remedy: undefined },
    sourceDay,
    read,
    rejected,
    blankLines,
    faultsByCode: rejectsByCode,
    faults,
    faultsLeftOut: all - told,
    ignoredColumns: delivery.ignoredColumns,
  };
}

export function failedResult(file: string, problem: FileProblem): ValidationResult {
  const nothing = { sourceDay: undefined, read: 0, rejected: 0, blankLines: 0, faultsByCode: {}, faults: [] };
  return { file, status: 'failed', problem, ...nothing, faultsLeftOut: 0, ignoredColumns: [] };
}
