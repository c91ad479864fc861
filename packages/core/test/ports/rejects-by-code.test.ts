import { expect, test } from '@jest/globals';
import { rankRejects, sumRejects } from '../../src/ports/rejects-by-code.ts';

test('rejected rows of files are added up by code, and told the most frequent first, then by name', () => {
  const sums = sumRejects([
    { rejectsByCode: { 'price-negative': 3, 'status-unknown': 2 } },
    { rejectsByCode: { 'status-unknown': 10, 'date-not-a-date': 3, 'quantity-too-large': 3 } },
  ]);
  expect(rankRejects(sums)).toEqual([
    ['status-unknown', 12],
    ['date-not-a-date', 3],
    ['price-negative', 3],
    ['quantity-too-large', 3],
  ]);
  expect(rankRejects(sumRejects([]))).toEqual([]);
});
