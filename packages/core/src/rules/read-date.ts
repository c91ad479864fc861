import { type FaultMask, faultBit } from './faults.ts';

const NOT_A_DATE = -faultBit('date-not-a-date');
const DASH = 45;
const ZERO = 48;

/**
 * The day in `bytes[start, end)`, written `YYYY-MM-DD`, as a count of days that grows by one a day; or the mask of its
 * fault, negated. There is no year 0000.
 */
export function readDate(bytes: Uint8Array, start: number, end: number): number | FaultMask {
  if (end - start !== 10 || bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return NOT_A_DATE;
  const century = twoDigits(bytes, start);
  const yearOfCentury = twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) return NOT_A_DATE;
  const year = century * 100 + yearOfCentury;
  if (year === 0 || day > daysInMonth(year, month)) return NOT_A_DATE;
  return dayNumber(year, month, day);
}

/** The same for text; undefined where it is no day. */
export function readDay(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  const day = readDate(bytes, 0, bytes.length);
  return day < 0 ? undefined : day;
}

const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  const isLeapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeapDay ? 29 : DAYS_IN_MONTH[month]!;
}

/** Days since 0000-03-01 in the Gregorian calendar: a year that starts in March ends with its leap day. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const days = y * 365 + ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0);
  return days + (((153 * m + 2) / 5) | 0) + day - 1;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
