import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type DeliveryDay, EMPTY_BOOKS, listDays, weekdayOf } from '../../../src/index.ts';
import { daysToCompare, findGaps, type Gap } from '../../../src/operations.ts';

const FIRST = '2023-01-02';

const day = (name: string, read: number, files: Partial<DeliveryDay> = {}): DeliveryDay => ({
  day: name,
  loaded: read > 0 ? 1 : 0,
  empty: 0,
  refused: 0,
  books: { ...EMPTY_BOOKS, read, inserted: read },
  ...files,
});

/** Days from a Monday on, each with so many rows; undefined for a day without a delivery. */
const shop = (days: number, rowsOf: (name: string, i: number) => number | undefined): readonly DeliveryDay[] =>
  Array.from({ length: days }, (_, i) => addDays(FIRST, i)).flatMap((name, i) => {
    const rows = rowsOf(name, i);
    return rows === undefined ? [] : [day(name, rows)];
  });

const BELOW_HALF = { below: 0.5 };
const find = (known: readonly DeliveryDay[], fromDay: string, toDay = fromDay, below = 0.5) =>
  findGaps(known, { fromDay, toDay }, { below });
const kinds = (gaps: readonly Gap[]) => gaps.map((gap) => `${gap.day} ${gap.kind}`);

describe('a gap', () => {
  const known = shop(100, (_, i) => 1000 + i);

  test('is not found where every day is as usual', () => {
    expect(find(known, FIRST, addDays(FIRST, 99))).toEqual({
      range: { fromDay: FIRST, toDay: addDays(FIRST, 99) },
      below: 0.5,
      days: 100,
      whole: 100,
      idle: 0,
      gaps: [],
    });
  });

  test('is a day without any delivery', () => {
    const without = known.filter((one) => one.day !== '2023-03-15');
    expect(find(without, '2023-03-14', '2023-03-16').gaps).toEqual([
      { day: '2023-03-15', kind: 'missing', rows: 0, loaded: 0, empty: 0, refused: 0, usual: 1051, compared: 11 },
    ]);
  });

  test('is a day on which everything was refused, however much that was', () => {
    const refused = known.map((one) => (one.day === '2023-03-15' ? day(one.day, 0, { refused: 3 }) : one));
    expect(find(refused, '2023-03-15').gaps).toMatchObject([{ kind: 'refused', refused: 3, rows: 0 }]);
  });

  test('is a day whose files have no rows, also where one was refused beside them', () => {
    for (const files of [{ empty: 1 }, { empty: 1, refused: 1 }, { loaded: 1 }]) {
      const empty = known.map((one) => (one.day === '2023-03-15' ? day(one.day, 0, files) : one));
      expect(find(empty, '2023-03-15').gaps).toMatchObject([{ kind: 'empty', ...files }]);
    }
  });

  test('is a day below its share of the median of the same weekday, and not one at it', () => {
    const weekly = (rows: number) =>
      shop(57, (name) => (weekdayOf(name) === 1 ? 100 : 9)).map((one) =>
        one.day === '2023-01-30' ? day(one.day, rows) : one,
      );
    expect(find(weekly(49), '2023-01-30').gaps).toEqual([
      { day: '2023-01-30', kind: 'small', rows: 49, loaded: 1, empty: 0, refused: 0, usual: 100, compared: 8 },
    ]);
    expect(find(weekly(50), '2023-01-30').gaps).toEqual([]);
    expect(find(weekly(50), '2023-01-30', '2023-01-30', 0.51).gaps).toHaveLength(1);
    expect(find(weekly(1), '2023-01-30', '2023-01-30', 0).gaps).toEqual([]);
  });

  test('is judged by the middle of an even number of days, and not moved by one of them', () => {
    const sizes = [100, 200, 300, 1_000_000];
    const mondays = sizes.map((rows, i) => day(addDays(FIRST, 7 * i), rows));
    expect(find([...mondays, day(addDays(FIRST, 28), 124)], addDays(FIRST, 28)).gaps).toMatchObject([
      { usual: 250, kind: 'small' },
    ]);
    expect(find([...mondays, day(addDays(FIRST, 28), 125)], addDays(FIRST, 28)).gaps).toEqual([]);
  });

  test('is not told by size where fewer than three days can be compared', () => {
    const few = [day(FIRST, 100), day(addDays(FIRST, 7), 100), day(addDays(FIRST, 14), 1)];
    expect(find(few, addDays(FIRST, 14)).gaps).toEqual([]);
    expect(find([...few, day(addDays(FIRST, 21), 100)], addDays(FIRST, 14)).gaps).toMatchObject([
      { kind: 'small', compared: 3 },
    ]);
  });

  test('is compared with eight weeks before and after, and not with more', () => {
    const [last, beyond] = [addDays(FIRST, 8 * 7), addDays(FIRST, 9 * 7)];
    expect(daysToCompare({ fromDay: last, toDay: beyond })).toEqual({ fromDay: FIRST, toDay: addDays(beyond, 8 * 7) });
    const mondays = shop(400, (name) => (weekdayOf(name) === 1 ? 100 : 5)).map((one) =>
      one.day === FIRST ? day(FIRST, 1e9) : one,
    );
    expect(
      find(
        mondays.filter((one) => one.day !== last),
        last,
      ).gaps,
    ).toMatchObject([{ compared: 16 }]);
    expect(
      find(
        mondays.filter((one) => one.day !== beyond),
        beyond,
      ).gaps,
    ).toMatchObject([{ compared: 16, usual: 100 }]);
  });
});

describe('a weekday that never has a delivery', () => {
  const withoutSundays = shop(100, (name) => (weekdayOf(name) === 0 ? undefined : 100));

  test('is no gap', () => {
    const { idle, gaps } = find(withoutSundays, FIRST, addDays(FIRST, 99));
    expect({ idle, gaps }).toEqual({ idle: 14, gaps: [] });
  });

  test('is one where it had a delivery once in these weeks', () => {
    const once = [...withoutSundays, day('2023-02-05', 10)];
    expect(kinds(find(once, '2023-02-12').gaps)).toEqual(['2023-02-12 missing']);
    expect(find(once, '2023-04-09').idle).toBe(1);
  });

  test('is one where too few such days are known: before the first delivery and behind the last nothing is', () => {
    const weeks = (count: number) => withoutSundays.slice(0, 6 * count + 1);
    expect(kinds(find(weeks(3), '2023-01-08').gaps)).toEqual(['2023-01-08 missing']);
    expect(find(weeks(6), '2023-01-08').idle).toBe(1);
  });

  test('is one where there is nothing at all', () => {
    expect(find([], FIRST, addDays(FIRST, 6)).gaps).toHaveLength(7);
  });
});

describe('whatever was delivered', () => {
  const arbitraryDay = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 300 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(0) },
  );
  const shops = fc.array(arbitraryDay, { minLength: 1, maxLength: 150 }).map((rows) =>
    rows.flatMap((read, i) => {
      if (read === undefined) return [];
      return [day(addDays(FIRST, i), read, read === 0 ? { refused: i % 2, empty: (i + 1) % 2 } : {})];
    }),
  );
  const range = fc.tuple(fc.integer({ min: -20, max: 150 }), fc.integer({ min: 0, max: 60 })).map(([from, length]) => ({
    fromDay: addDays(FIRST, from),
    toDay: addDays(FIRST, from + length),
  }));
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test('each day of the range is whole, idle or one gap, in order, and nothing outside is', () => {
    fc.assert(
      fc.property(shops, range, share, (known, asked, below) => {
        const { days, whole, idle, gaps } = findGaps(known, asked, { below });
        const all = listDays(asked);
        expect(days).toBe(all.length);
        expect(whole + idle + gaps.length).toBe(days);
        const told = gaps.map((gap) => gap.day);
        expect(told).toEqual(all.filter((one) => told.includes(one)));
      }),
    );
  });

  test('days with rows are never missing, refused or empty, and those without are never small or whole', () => {
    fc.assert(
      fc.property(shops, range, share, (known, asked, below) => {
        const rows = new Map(known.map((one) => [one.day, one.books.read]));
        for (const gap of findGaps(known, asked, { below }).gaps) {
          expect(gap.rows).toBe(rows.get(gap.day) ?? 0);
          expect(gap.kind === 'small').toBe(gap.rows > 0);
          expect(gap.kind === 'missing').toBe(!rows.has(gap.day));
        }
      }),
    );
  });

  test('a higher share finds no fewer gaps, and the order of what is known changes nothing', () => {
    fc.assert(
      fc.property(shops, range, share, share, (known, asked, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const few = findGaps(known, asked, { below: low }).gaps.map((gap) => gap.day);
        const many = findGaps(known, asked, { below: high }).gaps.map((gap) => gap.day);
        expect(many).toEqual(expect.arrayContaining(few));
        expect(findGaps(known.toReversed(), asked, BELOW_HALF)).toEqual(findGaps(known, asked, BELOW_HALF));
      }),
    );
  });

  test('a range that is none is refused', () => {
    expect(() => find([], '2023-03-02', '2023-03-01')).toThrow(RangeError);
  });
});
