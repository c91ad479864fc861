import { describe, expect, test } from '@jest/globals';
import { readHiveDay, readSourceDay } from '../../src/intake/read-source-day.ts';

const MODIFIED = Date.UTC(2023, 5, 1, 23, 59, 59, 999);

describe('the day in the hive path', () => {
  test.each([
    ['transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv', '2023-03-15'],
    ['year=2023/month=03/day=15/x.csv', '2023-03-15'],
    ['a/b/year=2024/month=02/day=29/c/d.csv.gz', '2024-02-29'],
    ['t/year=2023/month=3/day=5/x.csv', '2023-03-05'],
  ])('of %s is %s', (key, day) => {
    expect(readHiveDay(key)).toBe(day);
  });

  test.each([
    'transactions_2023-03-15.csv',
    'year=2023/month=02/day=29/x.csv',
    'year=2023/month=13/day=01/x.csv',
    'year=2023/month=00/day=01/x.csv',
    'year=0000/month=01/day=01/x.csv',
    'year=23/month=03/day=15/x.csv',
    'year=2023/month=03/x.csv',
    'year=2023/month=03/day=15',
    'year=2023/day=15/month=03/x.csv',
    'fiscalyear=2023/month=03/day=15/x.csv',
    'year=2023/month=03/day=015/x.csv',
    '',
  ])('is missing in %j', (key) => {
    expect(readHiveDay(key)).toBeUndefined();
  });
});

describe('the source day', () => {
  test.each([
    ['is that of the hive path before that of the name', 'year=2023/month=03/day=15/t_2023-03-16.csv', '2023-03-15'],
    ['else that of the file name', 'in/t_2023-03-16.csv', '2023-03-16'],
    ['also where the hive path is no calendar day', 'year=2023/month=02/day=30/t_2023-03-16.csv', '2023-03-16'],
    ['else the UTC day of the last modification', 'in/t.csv', '2023-06-01'],
    ['also where the name holds no calendar day', 'in/t_2023-02-30.csv', '2023-06-01'],
    ['also where the digits of the name run on', 'in/t_12023-03-16.csv', '2023-06-01'],
    ['never that of a folder', 'in/2023-03-16/t.csv', '2023-06-01'],
  ])('%s', (_, key, day) => {
    expect(readSourceDay(key, MODIFIED)).toBe(day);
  });

  test('changes with the UTC day', () => {
    expect(readSourceDay('t.csv', MODIFIED + 1)).toBe('2023-06-02');
  });
});
