import { expect, test } from '@jest/globals';
import { EMPTY_BOOKS } from '../../src/ports/books.ts';
import { describeBooks } from '../../src/text/describe-books.ts';

test('books are told as their equation, without verdicts that nobody got', () => {
  expect(describeBooks({ ...EMPTY_BOOKS, read: 1_000, inserted: 900, rejected: 100 })).toBe(
    '1,000 rows read = 900 inserted + 100 rejected',
  );
  expect(describeBooks({ ...EMPTY_BOOKS, read: 1, stale: 1 })).toBe('1 row read = 1 stale');
  expect(describeBooks(EMPTY_BOOKS)).toBe('0 rows read = 0');
});
