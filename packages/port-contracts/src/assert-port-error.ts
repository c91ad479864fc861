import assert from 'node:assert/strict';
import { isPortError, type PortError } from '@weir/core';

/** Waits for a call to fail with a PortError; with one of these codes where any are given. */
export async function assertPortError(call: () => Promise<unknown>, ...codes: readonly string[]): Promise<PortError> {
  const outcome = await call().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  assert.ok('error' in outcome, `should fail${codes.length > 0 ? ` with ${codes.join(' or ')}` : ''}`);
  const { error } = outcome;
  if (!isPortError(error)) throw new Error(`should fail with a PortError, not with: ${error}`, { cause: error });
  assert.ok(codes.length === 0 || codes.includes(error.code), `fails with ${error.code}, not ${codes.join(' or ')}`);
  assert.ok(error.message.length > 0, 'says what happened');
  return error;
}
