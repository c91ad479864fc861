import type { LaterDelivery } from '@weir/datagen';

export interface LaterChapter {
  readonly kind: LaterDelivery['kind'];
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What arrives after the first days, in the order in which it is told. The table would be the same in any other. */
export const LATER_CHAPTERS: readonly LaterChapter[] = [
  {
    kind: 'late-updates',
    heading: 'The next day arrives, with late updates',
    lines: [
      'Refunds and cancellations of earlier days. Each row is compared with the stored one: the newer version wins,',
      'and a row that comes too late is stale and changes nothing.',
    ],
  },
  {
    kind: 'repeat',
    heading: 'The first day is delivered once more',
    lines: ['The same file with the same bytes was committed before: it is recognised, and no row is counted twice.'],
  },
  {
    kind: 'correction',
    heading: 'The last day is delivered again, corrected',
    lines: ['The same name with other bytes is a new delivery: what changed is updated, what was mended is inserted.'],
  },
];
