import type { Command } from 'commander';
import { calendarDay } from './calendar-day.ts';
import { requireOption } from './require-option.ts';

/** Source days, first and last included. */
export interface DayRangeOptions {
  readonly from: string;
  readonly to: string;
}

export function addDayRange(command: Command): Command {
  requireOption(command, '--from <day>');
  requireOption(command, '--to <day>');
  return command
    .option('--from <day>', 'first source day, as YYYY-MM-DD', calendarDay)
    .option('--to <day>', 'last source day, as YYYY-MM-DD', calendarDay);
}
