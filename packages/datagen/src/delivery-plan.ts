import { formatDay, hiveFolder, parseDay, startOfDay } from './calendar.ts';
import { below, mix } from './draw.ts';
import { daysWith, type FileFormat, fileFormats, plainFormat } from './file-format.ts';
import type { ResolvedOptions } from './resolve-options.ts';

export type DeliveryKind = 'first' | 'again' | 'corrected' | 'late-updates' | 'repeat' | 'correction';

/** One file that arrives. */
export interface Delivery {
  readonly kind: DeliveryKind;
  /** Counted from the first generated day. */
  readonly day: number;
  /** Path below the landing place, with slashes. */
  readonly key: string;
  /** Milliseconds since 1970, whole seconds: not every file system keeps more. */
  readonly modified: number;
  readonly format: FileFormat;
  /** Which correction it states; -1 for none. */
  readonly correction: -1 | 0 | 1;
  /** Place in the order of (source day, time of modification): later ones win ties of date and status. */
  readonly ordinal: number;
}

export interface DeliveryPlan {
  readonly landing: readonly Delivery[];
  readonly later: readonly Delivery[];
}

type Draft = Omit<Delivery, 'ordinal'>;

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** All files of the landing place and of the deliveries after it. */
export function planDeliveries(options: ResolvedOptions): DeliveryPlan {
  const { days, seed, knobs } = options;
  const firstDay = parseDay(options.start) as number;
  const formats = fileFormats(days, seed, knobs);
  const again = daysWith(knobs.redeliveredFiles, days, seed + 11);
  const corrected = daysWith(knobs.correctedFiles, days, seed + 12);
  const draft = (kind: DeliveryKind, day: number, ending: string, modified: number): Draft => {
    const format = formats[day] ?? plainFormat;
    const name = `transactions_${formatDay(firstDay + day)}${ending}.csv${format.gzip ? '.gz' : ''}`;
    const key = `transactions/${hiveFolder(firstDay + day)}/${name}`;
    const correction = kind === 'corrected' ? 0 : kind === 'correction' ? 1 : -1;
    return { kind, day, key, modified, format, correction };
  };
  const landing: Draft[] = [];
  for (let day = 0; day < days; day++) {
    const draw = mix(mix(day + 1) ^ seed);
    const early = startOfDay(firstDay + day + 1) + HOUR + below(draw, 4 * 3600) * SECOND;
    landing.push(draft('first', day, '', early));
    // Odd and even seconds apart from the first: no two files of a day may share their time.
    if (again.has(day))
      landing.push(draft('again', day, '_again', early + (7201 + 2 * below(mix(draw), 30_000)) * SECOND));
    if (corrected.has(day)) {
      landing.push(draft('corrected', day, '_corrected', early + (7200 + 2 * below(mix(~draw), 30_000)) * SECOND));
    }
  }
  const correctionDay = days - 1;
  const latest = Math.max(...landing.map(({ modified }) => modified), startOfDay(firstDay + days + 1));
  const later = [
    draft('late-updates', days, '', startOfDay(firstDay + days + 1) + 2 * HOUR),
    draft('correction', correctionDay, '', latest + 9 * HOUR),
  ];
  // The same key cannot lie twice in one folder, so with a single day there is no repeat.
  if (days > 1) later.push({ ...(landing[0] as Draft), kind: 'repeat' });
  return number(landing, later);
}

function number(landing: readonly Draft[], later: readonly Draft[]): DeliveryPlan {
  const order = [...landing, ...later].sort((a, b) => a.day - b.day || a.modified - b.modified);
  const ordinals = new Map(order.map((delivery, ordinal) => [delivery, ordinal]));
  const numbered = (draft: Draft): Delivery => ({ ...draft, ordinal: ordinals.get(draft) as number });
  return { landing: landing.map(numbered), later: later.map(numbered) };
}
