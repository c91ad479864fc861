import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSourceDay } from '../../../src/index.ts';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { splitBackfill } from '../../../src/use-cases/backfill/split-backfill.ts';
import { keyOf } from '../../support/world.ts';

const ALWAYS = { fromDay: '0000-01-01', toDay: '9999-12-31' };
const file = (key: string, modifiedAt = 0, version = key): LandedFile => ({ key, size: 1, modifiedAt, version });
const split = (files: readonly LandedFile[], range = ALWAYS, filesPerRun = 2) =>
  splitBackfill(files, range, filesPerRun).map((run) => run.map(({ version }) => version));

describe('the runs of a backfill', () => {
  test('take the oldest day first, by the day in the path, else in the name, else of the modification', () => {
    const files = [
      file(keyOf('2023-03-16'), 0, 'third'),
      file('sales_2023-03-15.csv', 0, 'second'),
      file('sales.csv', Date.UTC(2023, 2, 14, 23), 'first'),
    ];
    expect(split(files)).toEqual([['first', 'second'], ['third']]);
  });

  test('leave out other days, and what is no file of transactions', () => {
    const files = ['2023-03-14', '2023-03-15', '2023-03-16', '2023-03-17'].map((day) => file(keyOf(day), 0, day));
    const range = { fromDay: '2023-03-15', toDay: '2023-03-16' };
    expect(split([...files, file(keyOf('2023-03-15', 'read.me'))], range)).toEqual([['2023-03-15', '2023-03-16']]);
    expect(split([])).toEqual([]);
  });

  test('hold each key once: another content of it waits for a run that has room', () => {
    const files = [file('a.csv', 1, 'a1'), file('a.csv', 2, 'a2'), file('a.csv', 3, 'a3'), file('b.csv', 1, 'b1')];
    expect(split(files)).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
  });

  test('take contents of one key and time in the order of their versions', () => {
    expect(split([file('a.csv', 1, 'v2'), file('a.csv', 1, 'v1')], ALWAYS, 1)).toEqual([['v1'], ['v2']]);
  });

  test('hold every file once, none more than allowed and no key twice, whatever there is', () => {
    const files = fc
      .array(
        fc.record({
          key: fc.constantFrom('a.csv', 'b.csv', 'c.csv.gz', keyOf('2023-03-15')),
          modifiedAt: fc.nat(1e12),
        }),
      )
      .map((all) => all.map((one, i) => ({ ...one, size: 1, version: `v${i}` })));
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 5 }), (all, most) => {
        const runs = splitBackfill(all, ALWAYS, most);
        expect(runs.flat().toSorted(byVersion)).toEqual(all.toSorted(byVersion));
        for (const run of runs) {
          expect(run.length).toBeGreaterThan(0);
          expect(run.length).toBeLessThanOrEqual(most);
          expect(new Set(run.map(({ key }) => key)).size).toBe(run.length);
          const days = run.map(({ key, modifiedAt }) => readSourceDay(key, modifiedAt));
          expect(days).toEqual(days.toSorted());
        }
      }),
    );
  });
});

function byVersion(a: LandedFile, b: LandedFile): number {
  return a.version < b.version ? -1 : 1;
}
