import { DIALECTS, type Dialect } from './dialect.ts';

/**
 * A text as a string literal that ends where it should, whatever the text holds and however the server treats backslashes.
 *
 * @throws RangeError for a NUL character, which neither database can keep
 */
export function quoteLiteral(text: string, dialect: Dialect): string {
  if (text.includes('\0')) throw new RangeError('A text with a NUL character cannot be written as SQL.');
  const quoted = text.replaceAll("'", "''");
  return quoted.includes('\\') ? DIALECTS[dialect].backslashLiteral(quoted) : `'${quoted}'`;
}
