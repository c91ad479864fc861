import { type Command, Option } from 'commander';
import type { RunEventOptions } from './add-run-events.ts';
import { age } from './age.ts';
import { calendarDay } from './calendar-day.ts';
import { notEmpty } from './not-empty.ts';
import { wholeNumber } from './whole-number.ts';

/** Which rejects; they fit every option that is given. */
export interface RejectFilterOptions {
  readonly state?: 'open' | 'resolved' | 'dismissed' | 'all' | undefined;
  readonly code?: readonly string[] | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Milliseconds. */
  readonly olderThan?: number | undefined;
}

export interface ReplayRejectsOptions extends RejectFilterOptions, RunEventOptions {}

export function addRejectState(command: Command): Command {
  return command.addOption(
    new Option('--state <state>', 'their state').choices(['open', 'resolved', 'dismissed', 'all']).default('open'),
  );
}

export function addRejectFilter(command: Command): Command {
  return command
    .option(
      '--code <code...>',
      'with a fault of this code; several codes, or the option again, for any of them',
      collect,
    )
    .option('--file <key>', 'of this file: its key, or the last parts of it', notEmpty)
    .option('--line <n>', 'on this line, from 1', physicalLine)
    .option('--from <day>', 'of files of this day or later, as YYYY-MM-DD', calendarDay)
    .option('--to <day>', 'of files of this day or earlier', calendarDay)
    .option('--older-than <age>', 'first seen longer ago than 90m, 12h, 7d or 2w', age);
}

function collect(value: string, others: readonly string[] = []): readonly string[] {
  return [...others, notEmpty(value)];
}

export const physicalLine = wholeNumber(1, 999_999_999_999_999);
