import { printable as onOneLine } from '@weir/core/text';

const LONGEST = 2000;

/** Texts of others as a log or a mail may hold them: cut where they are long, and on one line, so that nobody forges another. */
export function printable(text: string): string {
  return onOneLine(text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
}
