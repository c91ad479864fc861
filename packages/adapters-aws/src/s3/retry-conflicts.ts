import { isConflict } from './s3-fault.ts';

const MAX_CALLS = 8;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

/**
 * Makes a conditional call again while it meets others (409), after growing pauses with a part of chance: the SDK does not.
 * Any other answer is passed on.
 */
export async function retryConflicts<Value>(call: () => Promise<Value>, maxCalls = MAX_CALLS): Promise<Value> {
  for (let made = 1; ; made++) {
    try {
      return await call();
    } catch (error) {
      if (!isConflict(error) || made >= maxCalls) throw error;
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** made);
      await new Promise((resolve) => setTimeout(resolve, longest / 2 + (Math.random() * longest) / 2));
    }
  }
}
