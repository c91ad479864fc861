import { expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { versionOf } from '../../src/rules/version-of.ts';

const COLUMNS = {
  transaction_date: '2023-03-14',
  status: 'Refunded',
  status_rank: 5,
  source_day: '2023-03-15',
  source_modified: 7,
  source_line: 3,
  source_key: 'a.csv',
};

test('the version of a fact is made of its columns', () => {
  expect(versionOf(COLUMNS, parsePolicy())).toEqual({
    terminal: 0,
    transactionDate: '2023-03-14',
    statusRank: 5,
    sourceDay: '2023-03-15',
    sourceModified: 7,
    sourceLine: 3,
    sourceKey: 'a.csv',
  });
});

test.each([
  [['Cancelled', 'Refunded'], 1],
  [['REFUNDED'], 1],
  [['Cancelled'], 0],
  [[], 0],
])('where %j are terminal, a refund has the rank %i before its date', (terminalStatuses, terminal) => {
  expect(versionOf(COLUMNS, parsePolicy({ terminalStatuses })).terminal).toBe(terminal);
});
