/** The first and the last day, `YYYY-MM-DD`. */
export interface DayRange {
  readonly fromDay: string;
  readonly toDay: string;
}

export const MOST_DAYS = 3660;
const DAY = 86_400_000;

/**
 * The days of a range, in order.
 *
 * @throws RangeError for what is no day of the calendar, an end before its start, and more than 3,660 days
 */
export function listDays({ fromDay, toDay }: DayRange): readonly string[] {
  const [first, last] = [timeOfDay(fromDay), timeOfDay(toDay)];
  const count = (last - first) / DAY + 1;
  if (count < 1) throw new RangeError(`The last day, ${toDay}, lies before the first, ${fromDay}.`);
  if (count > MOST_DAYS) throw new RangeError(`${fromDay} to ${toDay} are more than ${MOST_DAYS} days.`);
  return Array.from({ length: count }, (_, i) => dayOf(first + i * DAY));
}

/** The day some days later; earlier for a negative number. In the years 0000 to 9999, as all days here. */
export function addDays(day: string, days: number): string {
  return dayOf(timeOfDay(day) + days * DAY);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: string): number {
  return new Date(timeOfDay(day)).getUTCDay();
}

/** Whether the text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

function timeOfDay(day: string): number {
  if (!isDay(day)) throw new RangeError(`${JSON.stringify(day)} is no day of the calendar in the form YYYY-MM-DD.`);
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): string {
  const day = new Date(time).toISOString().slice(0, 10);
  if (!isDay(day)) throw new RangeError('The years of days are 0000 to 9999.');
  return day;
}
