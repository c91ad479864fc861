/**
 * `YYYY-MM-DD HH:MM:SS.mmm` in UTC, as both dialects read a timestamp without zone.
 *
 * @param milliseconds since 1970-01-01 UTC, in the years 0000 to 9999
 * @throws RangeError outside of them
 */
export function formatTimestamp(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  if (text.length !== 24) throw new RangeError(`The time ${milliseconds} is not in the years 0000 to 9999.`);
  return `${text.slice(0, 10)} ${text.slice(11, 23)}`;
}

/** Milliseconds since 1970-01-01 UTC of `YYYY-MM-DD HH:MM:SS.mmm`. */
export function parseTimestamp(text: string): number {
  const milliseconds = Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`);
  if (text.length !== 23 || Number.isNaN(milliseconds))
    throw new RangeError(`${JSON.stringify(text)} is no timestamp.`);
  return milliseconds;
}

/** The text that `parseTimestamp` reads, of a timestamp column. */
export function timestampText(column: string): string {
  return `TO_CHAR(${column}, 'YYYY-MM-DD HH24:MI:SS.MS')`;
}

/** `YYYY-MM-DD` of a date column, whatever the session's date style. */
export function dateText(column: string): string {
  return `TO_CHAR(${column}, 'YYYY-MM-DD')`;
}
