import { InvalidArgumentError } from 'commander';

/** A parser of option values that takes decimals from 0 to 1. */
export function share(value: string): number {
  const number = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number <= 1) return number;
  throw new InvalidArgumentError('Allowed are shares from 0 to 1, such as 0.5.');
}
