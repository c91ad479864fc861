import { readDay } from '../rules/read-date.ts';

const HIVE_DAY = /(?:^|\/)year=(\d{4})\/month=(\d{1,2})\/day=(\d{1,2})\//;
const DAY_IN_NAME = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/;

/** The day in the hive path of a key, `YYYY-MM-DD`; undefined where there is none or it is no calendar day. */
export function readHiveDay(key: string): string | undefined {
  const [, year = '', month = '', day = ''] = HIVE_DAY.exec(key) ?? [];
  return checkDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** Version field 3: the day in the hive path, else in the file name, else the UTC day of the last modification. */
export function readSourceDay(key: string, modifiedAt: number): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const dayInName = DAY_IN_NAME.exec(name)?.[1];
  return readHiveDay(key) ?? checkDay(dayInName) ?? new Date(modifiedAt).toISOString().slice(0, 10);
}

function checkDay(day: string | undefined): string | undefined {
  return day !== undefined && readDay(day) !== undefined ? day : undefined;
}
