import { DIALECTS, type Dialect } from '../dialect.ts';

/** A column of an order, and how a value is written to compare with it. Each use of a value is a parameter of its own. */
export interface OrderTerm {
  readonly column: string;
  readonly value: () => string;
}

/**
 * Whether a row stands beyond a place in an order of some columns, all of them ascending (`>`) or descending (`<`). An index
 * with these columns leads to the place.
 */
export function isBeyond(comparison: '>' | '<', terms: readonly OrderTerm[], dialect: Dialect): string {
  if (!DIALECTS[dialect].comparesRows) return compareInTurn(comparison, terms);
  const columns = terms.map(({ column }) => column).join(', ');
  return `(${columns}) ${comparison} (${terms.map(({ value }) => value()).join(', ')})`;
}

function compareInTurn(comparison: '>' | '<', [first, ...others]: readonly OrderTerm[]): string {
  const { column, value } = first!;
  const isBeyondFirst = `${column} ${comparison} ${value()}`;
  if (others.length === 0) return isBeyondFirst;
  // The first part alone lets blocks be passed over.
  return `${column} ${comparison}= ${value()} AND (${isBeyondFirst} OR (${compareInTurn(comparison, others)}))`;
}
