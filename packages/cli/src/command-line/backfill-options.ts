import type { DayRangeOptions } from './add-day-range.ts';
import type { PlaceOptions } from './add-places.ts';

export interface BackfillOptions extends DayRangeOptions, PlaceOptions {
  readonly fromArchive?: true | undefined;
  readonly filesPerRun: number;
  readonly failOnRejects?: true | undefined;
}
