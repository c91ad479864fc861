/** Where each day's transactions begin. Filled day by day; 0 is the first day. */
export interface DayTable {
  /** Index of the first transaction of the day. */
  readonly firstIndex: Float64Array;
  /** About how many transactions begin on the day: fixed before its first row, at least 1. */
  readonly expectedNew: Float64Array;
}

export function emptyDayTable(days: number): DayTable {
  return { firstIndex: new Float64Array(days), expectedNew: new Float64Array(days).fill(1) };
}

/** The day on which a transaction began, searched from `latest` backwards since most updates are young. */
export function dayOfIndex(table: DayTable, index: number, latest: number): number {
  let day = latest;
  while (day > 0 && (table.firstIndex[day] as number) > index) day--;
  return day;
}
