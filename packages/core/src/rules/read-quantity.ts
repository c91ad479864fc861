import { type FaultMask, faultBit } from './faults.ts';

/** The largest quantity: that of an INTEGER column. */
const MAX_QUANTITY = 2_147_483_647;

const NOT_AN_INTEGER = -faultBit('quantity-not-an-integer');
const NOT_POSITIVE = -faultBit('quantity-not-positive');
const TOO_LARGE = -faultBit('quantity-too-large');
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;

/** The quantity in `bytes[start, end)`, from 1 to `MAX_QUANTITY`; or the mask of its faults, negated. */
export function readQuantity(bytes: Uint8Array, start: number, end: number): number | FaultMask {
  const isSigned = start < end && (bytes[start] === PLUS || bytes[start] === MINUS);
  let at = isSigned ? start + 1 : start;
  if (at === end) return NOT_AN_INTEGER;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NOT_AN_INTEGER;
    value = value * 10 + digit;
  }
  if (value === 0 || (isSigned && bytes[start] === MINUS)) return NOT_POSITIVE;
  return value > MAX_QUANTITY ? TOO_LARGE : value;
}
