import type { Policy } from '../policy/policy.ts';
import { parseHundredths } from './hundredths.ts';

/** The upper bounds of all classes but the last, in hundredths, rising. */
export function classBounds(policy: Policy): Float64Array {
  return Float64Array.from(policy.amountClasses.slice(0, -1), ({ below }) => parseHundredths(below ?? ''));
}

/** The place of the class of an amount (hundredths) among the classes of the policy. */
export function classifyAmount(amount: number, bounds: Float64Array): number {
  let place = 0;
  while (place < bounds.length && amount >= bounds[place]!) place++;
  return place;
}
