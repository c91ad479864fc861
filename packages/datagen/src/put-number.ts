const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const INT32_MAX = 2_147_483_647;

/** Writes `value`, a safe integer, in decimal at `at`; returns the position behind it. */
export function putInteger(out: Uint8Array, at: number, value: number): number {
  if (value < 0) {
    out[at] = MINUS;
    return putInteger(out, at + 1, -value);
  }
  if (value > INT32_MAX) {
    const high = Math.floor(value / 1e9);
    return putPadded(out, putInteger(out, at, high), value - high * 1e9, 9);
  }
  let digits = 1;
  for (let limit = 10; limit <= value; limit *= 10) digits++;
  return putPadded(out, at, value, digits);
}

/** Writes the last `width` digits of `value` (0 to 2147483647) with leading zeros. */
export function putPadded(out: Uint8Array, at: number, value: number, width: number): number {
  let rest = value | 0;
  for (let i = at + width - 1; i >= at; i--) {
    const next = (rest / 10) | 0;
    out[i] = ZERO + rest - next * 10;
    rest = next;
  }
  return at + width;
}

/** Writes an amount in minor units, 0 or more, as a decimal with two digits after the point. */
export function putCents(out: Uint8Array, at: number, cents: number): number {
  const whole = cents > INT32_MAX ? Math.floor(cents / 100) : (cents / 100) | 0;
  const behind = putInteger(out, at, whole);
  out[behind] = POINT;
  return putPadded(out, behind + 1, cents - whole * 100, 2);
}

/** The same as text. */
export function centsText(cents: number | bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
