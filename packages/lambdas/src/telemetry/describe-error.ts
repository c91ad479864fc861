import { isPortError } from '@weir/core';

const DEEPEST = 5;

/** An error for a log: a PortError with what it knows for machines, any other with its stack, both with their causes. */
export function describeError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause === undefined || depth === DEEPEST ? undefined : describeError(error.cause, depth + 1);
  if (isPortError(error)) {
    const { code, message, remedy, retryable, context } = error;
    return { code, message, remedy, retryable, context, cause };
  }
  const stack = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, message: error.message, stack: stack?.map((line) => line.trim()), cause };
}
