import type { FaultCode } from '@weir/core';

/** The column that counts a code, where each code has one. */
export function codeColumn(code: FaultCode): string {
  return code.replaceAll('-', '_');
}
