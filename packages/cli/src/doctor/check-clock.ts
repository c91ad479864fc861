import { CommandError } from '../errors/command-error.ts';
import { formatDuration } from '../output/format-amount.ts';

/** Milliseconds; AWS refuses what was signed five minutes ago. */
const MOST = 60_000;
/** The database tells whole seconds. */
const SECOND = 1000;

/**
 * How far two clocks are apart, in milliseconds. The other one was read at some time from `before` to `after`.
 *
 * @throws CommandError `doctor.clock-wrong`
 */
export function checkClock(other: number, before: number, after: number): number {
  const difference = Math.max(0, before - other - SECOND, other - after);
  if (difference <= MOST) return difference;
  const side = other > after ? 'behind' : 'ahead of';
  throw new CommandError({
    code: 'doctor.clock-wrong',
    message: `The clock of this machine is ${formatDuration(difference)} ${side} that of the database.`,
    remedy:
      'Let both follow a time server (timedatectl set-ntp true); times of runs and signatures of AWS depend on it.',
  });
}
