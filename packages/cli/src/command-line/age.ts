import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** A parser of option values such as `7d`, to milliseconds. */
export function age(value: string): number {
  const [, count, unit] = /^(\d{1,6})([mhdw])$/.exec(value) ?? [];
  if (unit !== undefined) return Number(count) * UNITS[unit]!;
  throw new InvalidArgumentError('Allowed are minutes, hours, days and weeks, such as 90m, 12h, 7d and 2w.');
}
