import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readDay } from '../../src/rules/read-date.ts';
import { faultsOfRow } from '../support/faults-of-row.ts';

describe('a transaction date', () => {
  test.each([
    '2023-03-15',
    '0001-01-01',
    '9999-12-31',
    '2000-02-29',
    '2024-02-29',
    '2400-02-29',
    '0004-02-29',
    '2023-02-28',
    '2023-01-31',
    '2023-04-30',
    '2023-12-31',
  ])('%s is a calendar day', (date) => {
    expect(faultsOfRow({ transaction_date: date })).toEqual([]);
  });

  test.each([
    '',
    ' ',
    '0000-01-01',
    '0000-12-31',
    '1900-02-29',
    '2100-02-29',
    '2023-02-29',
    '2023-02-30',
    '2023-04-31',
    '2023-06-31',
    '2023-09-31',
    '2023-11-31',
    '2023-01-32',
    '2023-00-10',
    '2023-13-10',
    '2023-01-00',
    '2023-3-1',
    '2023-3-015',
    '23-03-15',
    '02023-03-15',
    '2023/03/15',
    '2023-03/15',
    '2023/03-15',
    '20230315',
    '2023-03-15T00:00:00',
    '2023-03-15 00:00',
    '15.03.2023',
    '2023-03-1x',
    '2023-03-:1',
    '2023-03-1/',
    '+023-03-15',
    '-023-03-15',
    '2023-+3-15',
    '2023-03-15\n',
    '２０２３-03-15',
    'yesterday',
  ])('%j is date-not-a-date and nothing else', (date) => {
    expect(faultsOfRow({ transaction_date: date }, { fileDay: '2023-03-15' })).toEqual(['date-not-a-date']);
  });

  test.each([0, 1, 2, 3, 5, 6, 8, 9])('must have a digit in place %i: no byte beside the digits will do', (place) => {
    for (const date of ['2023-03-15', '2011-11-11', '2000-10-20']) {
      for (const byte of ['/', ':']) {
        const wrong = date.slice(0, place) + byte + date.slice(place + 1);
        expect({ wrong, faults: faultsOfRow({ transaction_date: wrong }) }).toEqual({
          wrong,
          faults: ['date-not-a-date'],
        });
      }
    }
  });

  test('that is no day is none of any file either', () => {
    expect(readDay('2023-02-29')).toBeUndefined();
  });

  test('may be surrounded by blanks', () => {
    expect(faultsOfRow({ transaction_date: ' \t2023-03-15\t ' })).toEqual([]);
  });

  test('days are counted one by one over all years, as an independent calendar does', () => {
    const start = Date.UTC(2000, 0, 1);
    const first = readDay('2000-01-01')!;
    const days = fc.integer({ min: -730_000, max: 2_900_000 });
    fc.assert(
      fc.property(days, (offset) => {
        const text = new Date(start + offset * 86_400_000).toISOString().slice(0, 10);
        fc.pre(/^\d{4}-/.test(text) && !text.startsWith('0000'));
        return readDay(text) === first + offset;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a transaction date against the day of the file', () => {
  test.each([
    ['2023-03-15', '2023-03-15'],
    ['2023-03-15', '2023-03-16'],
    ['2023-03-15', '0001-01-01'],
    ['2023-02-28', '2023-03-01'],
    ['2024-02-28', '2024-02-29'],
    ['2024-02-29', '2024-03-01'],
    ['2023-12-31', '2024-01-01'],
    ['9999-12-31', '9999-12-31'],
  ])('in the file of %s, %s is taken', (fileDay, date) => {
    expect(faultsOfRow({ transaction_date: date }, { fileDay })).toEqual([]);
  });

  test.each([
    ['2023-03-15', '2023-03-17'],
    ['2023-03-15', '2024-03-15'],
    ['2023-02-28', '2023-03-02'],
    ['2024-02-28', '2024-03-01'],
    ['2024-02-29', '2024-03-02'],
    ['2023-12-31', '2024-01-02'],
    ['0001-01-01', '9999-12-31'],
  ])('in the file of %s, %s is date-after-file-day', (fileDay, date) => {
    expect(faultsOfRow({ transaction_date: date }, { fileDay })).toEqual(['date-after-file-day']);
  });

  test('is not looked at where the file has no day', () => {
    expect(faultsOfRow({ transaction_date: '9999-12-31' })).toEqual([]);
  });
});
