import { InvalidArgumentError } from 'commander';

/** A parser of option values that takes whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Allowed are whole numbers from ${least} to ${most}.`);
  };
}
