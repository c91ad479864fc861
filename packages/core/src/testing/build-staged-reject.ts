import { FAULTS, type Fault, type FaultCode } from '../rules/faults.ts';
import { encodeStagedLine } from '../staging/staged-text.ts';

/** One staged reject; see `STAGED_REJECT_COLUMNS`. */
export interface StagedReject {
  readonly file_no: number;
  readonly source_line: number;
  readonly raw_record: string;
  readonly raw_encoding: 'text' | 'base64';
  readonly raw_truncated: 0 | 1;
  readonly faults: readonly Fault[];
}

export function buildStagedReject(values: Partial<StagedReject> = {}): StagedReject {
  return {
    file_no: 1,
    source_line: 2,
    raw_record: 'T-1,C-1,P-1,-2,19.99,2023-03-14,PayPal,Completed',
    raw_encoding: 'text',
    raw_truncated: 0,
    faults: buildFaults('quantity-not-positive'),
    ...values,
  };
}

/** Faults with the columns and messages that belong to their codes. */
export function buildFaults(...codes: readonly FaultCode[]): readonly Fault[] {
  return codes.map((code) => FAULTS.find((fault) => fault.code === code)!);
}

export function encodeStagedReject(reject: StagedReject): Uint8Array {
  return encodeStagedLine([
    reject.file_no,
    reject.source_line,
    reject.raw_record,
    reject.raw_encoding,
    reject.raw_truncated,
    JSON.stringify(reject.faults),
  ]);
}
