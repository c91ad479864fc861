import { formatDay, parseDay } from './calendar.ts';
import { DatagenError } from './datagen-error.ts';
import type { FaultKnobs } from './fault-knobs.ts';
import { type FaultProfileName, faultProfiles } from './fault-profiles.ts';
import type { GenerationOptions } from './generation-options.ts';
import { ROW_KNOBS } from './row-knobs.ts';

/** Options with every default filled in and every value checked; what `expected.json` names under `options`. */
export interface ResolvedOptions {
  readonly start: string;
  readonly days: number;
  readonly rowsPerDay: number;
  readonly products: number;
  readonly customers: number;
  readonly seed: number;
  readonly seasonality: boolean;
  readonly faults: FaultProfileName | 'custom';
  readonly knobs: FaultKnobs;
}

const KNOWN = new Set([
  ...['out', 'start', 'days', 'rowsPerDay', 'products', 'customers', 'seed', 'seasonality', 'faults'],
  ...['onProgress', 'signal'],
]);
const LAST_START = parseDay('9900-01-01') as number;
const FIRST_START = parseDay('1900-01-01') as number;

/** Throws a `DatagenError` with code `datagen.wrong-option` for the first option that is wrong. */
export function resolveOptions(options: GenerationOptions): ResolvedOptions {
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name)) throw wrong(name, 'there is no such option', `Use one of ${[...KNOWN].join(', ')}.`);
  }
  if (typeof options.out !== 'string' || options.out === '') {
    throw wrong('out', 'no folder is named', 'Name the folder to write into.');
  }
  const start = options.start ?? '2023-03-15';
  const startDay = typeof start === 'string' ? parseDay(start) : undefined;
  if (startDay === undefined || startDay < FIRST_START || startDay > LAST_START) {
    throw wrong('start', `${JSON.stringify(start)} is not a day`, 'Write a calendar day from 1900 on as YYYY-MM-DD.');
  }
  const seasonality = options.seasonality ?? true;
  if (typeof seasonality !== 'boolean') {
    throw wrong('seasonality', `${JSON.stringify(seasonality)} is neither true nor false`, 'Use true or false.');
  }
  return {
    start: formatDay(startDay),
    days: integer('days', options.days ?? 3, 1, 3660),
    rowsPerDay: integer('rowsPerDay', options.rowsPerDay ?? 10_000, 1, 100_000_000),
    products: integer('products', options.products ?? 500, 1, 1_000_000),
    customers: integer('customers', options.customers ?? 5_000, 1, 50_000_000),
    seed: integer('seed', options.seed ?? 42, 0, 4_294_967_295),
    seasonality,
    ...resolveFaults(options.faults ?? 'default'),
  };
}

function resolveFaults(faults: FaultProfileName | Partial<FaultKnobs>): Pick<ResolvedOptions, 'faults' | 'knobs'> {
  if (typeof faults !== 'object' || faults === null) {
    if (Object.hasOwn(faultProfiles, faults)) return { faults, knobs: faultProfiles[faults] };
    const names = Object.keys(faultProfiles).join(', ');
    throw wrong('faults', `there is no profile ${JSON.stringify(faults)}`, `Use one of ${names}, or single knobs.`);
  }
  for (const [knob, share] of Object.entries(faults)) {
    if (!Object.hasOwn(faultProfiles.none, knob)) {
      const knobs = Object.keys(faultProfiles.none).join(', ');
      throw wrong(`faults.${knob}`, 'there is no such fault', `Use some of ${knobs}.`);
    }
    if (typeof share !== 'number' || !(share >= 0 && share <= 1)) {
      throw wrong(`faults.${knob}`, `${JSON.stringify(share)} is not a share`, 'Use a number from 0 to 1.');
    }
  }
  // A corrected file that corrects nothing would be a repeated one.
  const correctedRows = faults.correctedFiles ? faultProfiles.default.correctedRows : 0;
  const knobs = { ...faultProfiles.none, correctedRows, ...faults };
  const sum = ROW_KNOBS.reduce((total, knob) => total + knobs[knob], 0);
  if (sum > 1)
    throw wrong('faults', `the shares of faulty and odd rows add up to ${sum}`, 'Keep the sum at 1 or less.');
  return { faults: 'custom', knobs };
}

function integer(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const why = `${typeof value === 'number' ? String(value) : JSON.stringify(value)} is not possible`;
  throw wrong(name, why, `Use a whole number from ${least} to ${most}.`);
}

function wrong(option: string, why: string, remedy: string): DatagenError {
  return new DatagenError({
    code: 'datagen.wrong-option',
    what: 'An option for generating data is wrong',
    where: option,
    why,
    remedy,
  });
}
