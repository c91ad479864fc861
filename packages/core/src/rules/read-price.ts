import { type FaultMask, faultBit } from './faults.ts';

const NOT_A_DECIMAL = faultBit('price-not-a-decimal');
const NEGATIVE = faultBit('price-negative');
const TOO_MANY_DECIMALS = faultBit('price-too-many-decimals');
const TOO_LARGE = faultBit('price-too-large');

/** Digits before the point that DECIMAL(12,2) takes. */
const MAX_WHOLE_DIGITS = 10;
const MAX_DECIMALS = 2;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** The price in `bytes[start, end)` in hundredths, at least 0; or the mask of its faults, negated. */
export function readPrice(bytes: Uint8Array, start: number, end: number): number | FaultMask {
  let at = start;
  const sign = bytes[at];
  if (sign === PLUS || sign === MINUS) at++;

  let value = 0;
  const wholeStart = at;
  let firstNonZero = -1;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    if (digit !== 0 && firstNonZero < 0) firstNonZero = at;
    value = value * 10 + digit;
  }
  if (at === wholeStart) return -NOT_A_DECIMAL;
  const wholeDigits = firstNonZero < 0 ? 0 : at - firstNonZero;

  let decimals = 0;
  if (at < end) {
    if (bytes[at] !== POINT || at + 1 === end) return -NOT_A_DECIMAL;
    decimals = end - at - 1;
    for (at++; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) return -NOT_A_DECIMAL;
      value = value * 10 + digit;
    }
  }

  let faults = 0;
  if (sign === MINUS && value > 0) faults |= NEGATIVE;
  if (decimals > MAX_DECIMALS) faults |= TOO_MANY_DECIMALS;
  if (wholeDigits > MAX_WHOLE_DIGITS) faults |= TOO_LARGE;
  if (faults !== 0) return -faults;
  return decimals === 2 ? value : decimals === 1 ? value * 10 : value * 100;
}

/** The same for text; undefined where it is no price. */
export function readPriceOf(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  const price = readPrice(bytes, 0, bytes.length);
  return price < 0 ? undefined : price;
}
