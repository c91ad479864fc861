/** Literals are left as they are; but `E'..\\..'` of Postgres is `'..\..'` here. */
const PIECES = /(\bE)?'((?:[^']|'')*)'|(?:(?!\bE')[^'])+/g;

/**
 * A statement for Postgres as SQLite understands it. Both order text by its bytes. SQLite has no exact decimals, days and
 * times: they are kept as text, in the one form in which they are staged, so that what is equal is equal as text. Its own sums
 * are floats.
 */
export function toSqlite(text: string): string {
  return text.replace(PIECES, (piece, escaped, literal) => {
    if (literal !== undefined) return `'${escaped === undefined ? literal : literal.replaceAll('\\\\', '\\')}'`;
    return piece
      .replaceAll(' COLLATE "C"', '')
      .replace(/\b(DECIMAL\(\d+, 2\)|DATE|TIMESTAMP(\(3\))?)(?=[ )])/g, 'TEXT')
      .replace('EXTRACT(EPOCH FROM CLOCK_TIMESTAMP() - TRANSACTION_TIMESTAMP())', 'NULL')
      .replace('SUM(f.total_amount)', 'SUM_DECIMALS(f.total_amount)')
      .replace(/\bctid\b/g, 'rowid');
  });
}
