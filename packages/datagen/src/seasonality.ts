import { startOfDay } from './calendar.ts';

/** Sunday first; the mean is 1, so that a week holds seven times the rows of a normal day. */
const WEEKDAY = [95, 95, 92, 94, 98, 108, 118];
const MONTH = [88, 92, 97, 97, 99, 98, 94, 93, 99, 102, 118, 123];

/** Data rows of a day's file in hundredths of a normal day: by weekday, month, and a bump after payday. */
function seasonalPercent(dayNumber: number): number {
  const date = new Date(startOfDay(dayNumber));
  const dayOfMonth = date.getUTCDate();
  const payday = dayOfMonth >= 26 || dayOfMonth <= 2 ? 104 : 99;
  return ((WEEKDAY[date.getUTCDay()] as number) * (MONTH[date.getUTCMonth()] as number) * payday) / 10_000;
}

/** A weekday of a quiet month still has at least one row. */
export function rowsOfDay(rowsPerDay: number, dayNumber: number, seasonality: boolean): number {
  return seasonality ? Math.max(1, Math.round((rowsPerDay * seasonalPercent(dayNumber)) / 100)) : rowsPerDay;
}

/** Shares of a day's baskets per hour, in thousandths, from 00:00 on: lunch and evening peaks. */
const HOURS = [8, 5, 3, 2, 2, 4, 11, 24, 40, 52, 57, 60, 66, 58, 50, 48, 50, 58, 70, 84, 92, 80, 51, 25];

const HOUR_OF_THOUSANDTH = Uint8Array.from(HOURS.flatMap((share, hour) => Array<number>(share).fill(hour)));

/** The hour of the basket that lies at a share (0 to below 1) of the day's baskets. */
export function hourAt(shareOfDay: number): number {
  return HOUR_OF_THOUSANDTH[Math.min(999, Math.floor(shareOfDay * 1000))] as number;
}

/** Office hours, evening, night: people pay differently then. */
export function daypartOf(hour: number): number {
  if (hour >= 8 && hour < 17) return 0;
  return hour >= 17 && hour < 23 ? 1 : 2;
}
