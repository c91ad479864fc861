import { addDays, type DayRange, listDays } from '../../ports/day-range.ts';
import type { DeliveryDay } from '../../ports/delivery-log.port.ts';

/** Weeks before and after a day from which the same weekdays are compared with it. */
export const WEEKS_COMPARED = 8;
/** The fewest days that say what is usual. */
const LEAST_COMPARED = 3;
/** The fewest weekdays without any delivery that make it one without. */
const LEAST_IDLE = 4;
const DAYS_A_WEEK = 7;

export interface GapRules {
  /** A day is small below this share of what is usual; from 0, which finds none, to 1. */
  readonly below: number;
}

export interface GapReport {
  readonly range: DayRange;
  readonly below: number;
  /** Days of the range, and those of them without a gap on which something was delivered. */
  readonly days: number;
  readonly whole: number;
  /** Days without a delivery, as always on their weekday. */
  readonly idle: number;
  /** By day. `days = whole + idle + gaps`. */
  readonly gaps: readonly Gap[];
}

export interface Gap {
  readonly day: string;
  /**
   * `missing`: nothing was delivered. `refused`: everything that was, was refused. `empty`: what was taken has no rows.
   * `small`: it has rows, but fewer than usual.
   */
  readonly kind: 'missing' | 'refused' | 'empty' | 'small';
  /** Rows that were read of what was loaded. */
  readonly rows: number;
  readonly loaded: number;
  readonly empty: number;
  readonly refused: number;
  /** The median of the rows of the days compared with; undefined where these are too few. */
  readonly usual: number | undefined;
  /** How many days that is: the same weekday, eight weeks before to eight weeks after, where they have rows. */
  readonly compared: number;
}

/** The days that `findGaps` must be given: those of the range with what they are compared with. */
export function daysToCompare({ fromDay, toDay }: DayRange): DayRange {
  const around = WEEKS_COMPARED * DAYS_A_WEEK;
  return { fromDay: addDays(fromDay, -around), toDay: addDays(toDay, around) };
}

/**
 * The days of a range that are missing, empty, refused or far smaller than their weekday usually is.
 *
 * Usual is the median of the rows of the same weekday in the eight weeks before and after, days without rows left out; where
 * fewer than three such days are known, nothing is said about the size. A day without any delivery is no gap where its weekday
 * never has one: where at least four such weekdays around it lie between other deliveries, and none of them has any.
 *
 * @param known days with a delivery within `daysToCompare(range)`, in any order
 * @throws RangeError for a range that `listDays` does not take
 */
export function findGaps(known: readonly DeliveryDay[], range: DayRange, { below }: GapRules): GapReport {
  const byDay = new Map(known.map((day) => [day.day, day]));
  const delivered = [...byDay.keys()].sort();
  const isKnownWell = (day: string) => day > delivered[0]! && day < delivered.at(-1)!;
  const days = listDays(range);
  const gaps: Gap[] = [];
  let idle = 0;
  for (const day of days) {
    const around = listAround(day);
    const gap = judge(day, byDay.get(day), listSizes(around, byDay), below);
    if (gap?.kind === 'missing' && isIdle(around.filter(isKnownWell), byDay)) idle++;
    else if (gap !== undefined) gaps.push(gap);
  }
  return { range, below, days: days.length, whole: days.length - idle - gaps.length, idle, gaps };
}

function judge(day: string, found: DeliveryDay | undefined, sizes: readonly number[], below: number): Gap | undefined {
  const { loaded, empty, refused, books } = found ?? { loaded: 0, empty: 0, refused: 0, books: { read: 0 } };
  const usual = sizes.length < LEAST_COMPARED ? undefined : medianOf(sizes);
  const told = { day, rows: books.read, loaded, empty, refused, usual, compared: sizes.length };
  if (loaded + empty + refused === 0) return { kind: 'missing', ...told };
  if (loaded + empty === 0) return { kind: 'refused', ...told };
  if (books.read === 0) return { kind: 'empty', ...told };
  return usual !== undefined && books.read < below * usual ? { kind: 'small', ...told } : undefined;
}

/** The same weekday in the weeks around a day, without itself. */
function listAround(day: string): readonly string[] {
  const weeks = Array.from({ length: WEEKS_COMPARED }, (_, i) => i + 1);
  return weeks.flatMap((week) => [addDays(day, -week * DAYS_A_WEEK), addDays(day, week * DAYS_A_WEEK)]);
}

function listSizes(days: readonly string[], byDay: ReadonlyMap<string, DeliveryDay>): readonly number[] {
  return days.map((day) => byDay.get(day)?.books.read ?? 0).filter((rows) => rows > 0);
}

function isIdle(days: readonly string[], byDay: ReadonlyMap<string, DeliveryDay>): boolean {
  return days.length >= LEAST_IDLE && days.every((day) => !byDay.has(day));
}

function medianOf(sizes: readonly number[]): number {
  const sorted = sizes.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
