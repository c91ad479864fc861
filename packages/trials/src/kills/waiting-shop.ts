import { gzipSync } from 'node:zlib';
import { csv, dayFile } from '../command/shop-csv.ts';
import type { ShopFile } from '../command/shop-folder.ts';

/** What was loaded before. */
export const HISTORY: readonly ShopFile[] = [
  dayFile('14', csv({ id: 'T-1', quantity: 1, day: '14' }, { id: 'T-2', quantity: 1, day: '14' })),
  dayFile('15', csv({ id: 'T-3', quantity: 1, day: '15' }, { id: 'T-4', quantity: 1, day: '15' })),
];

/** What waits: a correction of a loaded file, a packed one with a stale, a double and a bad row, and one that is refused. */
export const WAITING: readonly ShopFile[] = [
  {
    ...dayFile('14', csv({ id: 'T-1', quantity: 3, day: '14' }, { id: 'T-2', quantity: 1, day: '14' })),
    modifiedAt: new Date('2023-03-16T01:00:00Z'),
  },
  dayFile(
    '16',
    gzipSync(
      csv(
        { id: 'T-3', quantity: 1, day: '15', status: 'Refunded' },
        { id: 'T-4', quantity: 9, day: '13' },
        { id: 'T-5', quantity: 1, day: '16' },
        { id: 'T-5', quantity: 2, day: '16' },
        { id: 'T-6', quantity: 0, day: '16' },
      ),
    ),
    '.csv.gz',
  ),
  dayFile('17', 'not,ours\n1,2\n'),
];
