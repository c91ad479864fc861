import type { Books } from '../ports/books.ts';
import { VERDICTS } from '../rules/verdict.ts';
import { formatCount, formatCounted } from './format-amount.ts';

/** `1,000 rows read = 900 inserted + 100 rejected`. */
export function describeBooks(books: Books): string {
  const parts = VERDICTS.filter((name) => books[name] > 0).map((name) => `${formatCount(books[name])} ${name}`);
  return `${formatCounted(books.read, 'row')} read = ${parts.join(' + ') || '0'}`;
}
