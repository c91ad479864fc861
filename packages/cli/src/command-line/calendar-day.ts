import { InvalidArgumentError } from 'commander';

/** A parser of option values. */
export function calendarDay(value: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  if (isDay && new Date(value).toISOString().startsWith(value)) return value;
  throw new InvalidArgumentError('Allowed are calendar days, as YYYY-MM-DD.');
}
