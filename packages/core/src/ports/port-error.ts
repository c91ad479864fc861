/**
 * A fault of the machinery behind a port. Business outcomes are never errors: they are values tagged `kind`.
 *
 * `code` is dotted (`warehouse.unreachable`), stable and public. `message` is a sentence: what happened, where and why.
 * `remedy` says what to do. `retryable` tells whether the same call may succeed later without anybody's help.
 * `context` holds names and numbers for machines; never a secret, never personal data.
 */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: string;
  readonly retryable: boolean;
  readonly remedy: string | undefined;
  readonly context: Readonly<Record<string, string | number>>;

  constructor(fault: PortFault) {
    super(fault.message, fault.cause === undefined ? undefined : { cause: fault.cause });
    this.code = fault.code;
    this.retryable = fault.retryable ?? false;
    this.remedy = fault.remedy;
    this.context = fault.context ?? {};
  }
}

export interface PortFault {
  readonly code: string;
  readonly message: string;
  readonly retryable?: boolean;
  readonly remedy?: string;
  readonly context?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/** Works across copies of this package, where `instanceof` does not. */
export function isPortError(error: unknown): error is PortError {
  return error instanceof Error && error.name === 'PortError' && 'code' in error && 'retryable' in error;
}
