import { EXIT_CODE } from '../exit-code.ts';

export interface CommandFault {
  /** Dotted, stable and public, as the codes of ports are. */
  readonly code: string;
  /** A sentence: what happened, where and why. */
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly exitCode?: number | undefined;
  /** Further members of the JSON document that tells of the failure. */
  readonly document?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** A failure that the command itself found, ready to be told. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: string;
  readonly remedy: string | undefined;
  readonly exitCode: number;
  readonly document: Readonly<Record<string, unknown>>;

  constructor({ code, message, remedy, exitCode = EXIT_CODE.failed, document = {}, cause }: CommandFault) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
    this.exitCode = exitCode;
    this.document = document;
  }
}

/** Wrong usage or configuration. */
export function usageError(fault: Omit<CommandFault, 'exitCode'>): CommandError {
  return new CommandError({ ...fault, exitCode: EXIT_CODE.usage });
}
