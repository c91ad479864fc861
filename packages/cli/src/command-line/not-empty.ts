import { InvalidArgumentError } from 'commander';

/** An unset variable of a script (`--landing "$DIR"`) would else mean the current folder. */
export function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}
