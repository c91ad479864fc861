import type { Books } from '@weir/core';

/** Books that close: what is given, and `read` as its sum. */
export function buildBooks(counts: Partial<Omit<Books, 'read'>> = {}): Books {
  const books = { inserted: 0, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0, ...counts };
  return { read: Object.values(books).reduce((sum, count) => sum + count, 0), ...books };
}
