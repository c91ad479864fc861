import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, isDay, listDays, weekdayOf } from '../../src/index.ts';

describe('the days of a range', () => {
  test('are listed in order, first and last included, leap days among them', () => {
    expect(listDays({ fromDay: '2024-02-28', toDay: '2024-03-01' })).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(listDays({ fromDay: '2023-12-31', toDay: '2023-12-31' })).toEqual(['2023-12-31']);
  });

  test.each([
    ['an end before its start', '2023-03-02', '2023-03-01', /lies before/],
    ['more than 3,660 days', '2014-01-01', '2024-01-09', /more than 3660 days/],
    ['a day that is none', '2023-02-29', '2023-03-01', /"2023-02-29" is no day/],
    ['a time', '2023-03-01', '2023-03-01T00:00:00Z', /is no day/],
    ['another form', '2023-3-1', '2023-03-02', /is no day/],
  ])('refuses %s', (_, fromDay, toDay, message) => {
    expect(() => listDays({ fromDay, toDay })).toThrow(RangeError);
    expect(() => listDays({ fromDay, toDay })).toThrow(message);
  });

  test('are at most 3,660', () => {
    expect(listDays({ fromDay: '2014-01-01', toDay: '2024-01-08' })).toHaveLength(3660);
  });
});

describe('a day', () => {
  const day = fc.integer({ min: -719_528, max: 2_932_896 }).map((days) => addDays('1970-01-01', days));

  test('comes so many days later, and back again', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 400 }), (from, days) => {
        fc.pre(from > '0002' && from < '9998');
        const to = addDays(from, days);
        expect(isDay(to)).toBe(true);
        expect(addDays(to, -days)).toBe(from);
        expect(Math.sign(days)).toBe(to > from ? 1 : to < from ? -1 : 0);
        expect(weekdayOf(to)).toBe((((weekdayOf(from) + days) % 7) + 7) % 7);
      }),
    );
  });

  test('has the weekday of the calendar', () => {
    expect(['2023-03-12', '2024-02-29', '1970-01-01'].map(weekdayOf)).toEqual([0, 4, 4]);
  });

  test('does not leave the years 0000 to 9999', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError);
  });
});
