import { isPortError } from '@weir/core';
import { printable } from './printable.ts';

/**
 * What Lambda is told of an invocation that failed. Lambda logs it by itself, as lines of text: it says no more than one
 * line, and no stack, since the function logged the error as a whole.
 */
export class InvocationError extends Error {
  override readonly name: string;

  constructor(error: unknown) {
    super(printable(error instanceof Error ? error.message : String(error)));
    this.name = isPortError(error) ? error.code : error instanceof Error ? printable(error.name) : 'Error';
    this.stack = `${this.name}: ${this.message}`;
  }
}
