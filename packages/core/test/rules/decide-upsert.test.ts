import { describe, expect, test } from '@jest/globals';
import { CONTENT_COLUMNS, decideUpsert } from '../../src/rules/decide-upsert.ts';
import type { Version } from '../../src/rules/version.ts';

const STORED: Version = {
  terminal: 0,
  transactionDate: '2023-03-15',
  statusRank: 3,
  sourceDay: '2023-03-15',
  sourceModified: 1_000,
  sourceLine: 5,
  sourceKey: 'm',
};
const GREATER = { ...STORED, sourceLine: 6 };
const LESS = { ...STORED, statusRank: 2 };

describe('a row against what is stored', () => {
  test.each([
    ['is inserted where nothing is stored', undefined, STORED, false, 'inserted', true, undefined],
    ['is updated where it is greater and says something else', STORED, GREATER, false, 'updated', true, 'source_line'],
    [
      'is unchanged where it is greater and says the same, but its version advances',
      STORED,
      GREATER,
      true,
      'unchanged',
      true,
      'source_line',
    ],
    [
      'is unchanged where its version is equal, and nothing is written',
      STORED,
      { ...STORED },
      true,
      'unchanged',
      false,
      undefined,
    ],
    [
      'is unchanged where its version is equal, whatever it says',
      STORED,
      { ...STORED },
      false,
      'unchanged',
      false,
      undefined,
    ],
    ['is stale where it is less and says something else', STORED, LESS, false, 'stale', false, 'status_rank'],
    ['is stale where it is less and says the same', STORED, LESS, true, 'stale', false, 'status_rank'],
    [
      'is stale where the stored one is terminal',
      { ...STORED, terminal: 1 },
      { ...STORED, transactionDate: '2024-01-01' },
      false,
      'stale',
      false,
      'terminal',
    ],
  ] as const)('%s', (_, stored, incoming, hasEqualContent, verdict, advancesVersion, decidedBy) => {
    expect(decideUpsert(stored, incoming, hasEqualContent)).toEqual({ verdict, advancesVersion, decidedBy });
  });

  test('does not depend on the order of arrival where equal content comes between: X1, X3, Y2', () => {
    const versions = { X1: STORED, X3: { ...STORED, sourceLine: 7 }, Y2: { ...STORED, sourceLine: 6 } };
    const orders = [
      ['X1', 'X3', 'Y2'],
      ['X1', 'Y2', 'X3'],
      ['X3', 'X1', 'Y2'],
      ['X3', 'Y2', 'X1'],
      ['Y2', 'X1', 'X3'],
      ['Y2', 'X3', 'X1'],
    ] as const;
    for (const order of orders) {
      let stored: (typeof orders)[number][number] | undefined;
      for (const name of order) {
        const before = stored === undefined ? undefined : versions[stored];
        if (decideUpsert(before, versions[name], stored?.[0] === name[0]).advancesVersion) stored = name;
      }
      expect(stored).toBe('X3');
    }
  });

  test('is compared in all columns but its id and where it came from', () => {
    expect(CONTENT_COLUMNS).toHaveLength(14);
    for (const column of CONTENT_COLUMNS) expect(column).not.toMatch(/^(source_|transaction_id|run_id|status_rank)/);
  });
});
