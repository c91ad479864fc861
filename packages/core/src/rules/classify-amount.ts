import type { Policy } from '../policy/policy.ts';
import { parseHundredths } from './hundredths.ts';

/** The upper bounds of all classes, in hundredths, rising; no amount reaches that of the last. */
export function classBounds(policy: Policy): Float64Array {
  return Float64Array.from(policy.amountClasses, ({ below }) =>
    below === undefined ? Number.POSITIVE_INFINITY : parseHundredths(below),
  );
}

/** The place of the class of an amount (hundredths) among the classes of the policy. */
export function classifyAmount(amount: number, bounds: Float64Array): number {
  let place = 0;
  while (amount >= bounds[place]!) place++;
  return place;
}
