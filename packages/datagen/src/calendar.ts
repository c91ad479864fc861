const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a real calendar day written `YYYY-MM-DD`; `undefined` for anything else. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? undefined : ms / DAY_MS;
}

/** The inverse of `parseDay`. */
export function formatDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** Milliseconds since 1970 at the start of a day, UTC. */
export function startOfDay(dayNumber: number): number {
  return dayNumber * DAY_MS;
}

/** The hive folder of a day: `year=2023/month=03/day=15`. */
export function hiveFolder(dayNumber: number): string {
  const [year, month, day] = formatDay(dayNumber).split('-');
  return `year=${year}/month=${month}/day=${day}`;
}

const DATE_LENGTH = 10;

/** The dates around the generated days as ready bytes, because formatting one per row would cost more than the row. */
export class DateBytes {
  readonly #bytes: Buffer;
  readonly #first: number;

  /** Covers day numbers `first` to `last`, both included. */
  constructor(first: number, last: number) {
    this.#first = first;
    const texts: string[] = [];
    for (let day = first; day <= last; day++) texts.push(formatDay(day));
    this.#bytes = Buffer.from(texts.join(''), 'latin1');
  }

  /** Writes the ten bytes of a day at `at`; returns the position behind them. */
  put(out: Uint8Array, at: number, dayNumber: number): number {
    const from = (dayNumber - this.#first) * DATE_LENGTH;
    for (let i = 0; i < DATE_LENGTH; i++) out[at + i] = this.#bytes[from + i] as number;
    return at + DATE_LENGTH;
  }
}
