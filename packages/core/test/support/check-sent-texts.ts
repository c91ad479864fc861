import { expect } from '@jest/globals';
import type { DimensionName } from '../../src/ports/dimension-catalog.port.ts';
import { DIMENSION_COLUMNS } from '../../src/rules/dimension-columns.ts';
import { fit, keyOf, type SentRow, type SentTexts } from './send-texts.ts';
import { trimBlanks } from './write-csv.ts';

const ID_COLUMNS = ['transaction_id', 'customer_id', 'product_id'] as const;

/** What became of the texts in a column. */
export interface TextTally {
  /** Came back as they were. */
  stored: number;
  /** Came back as part of a record that broke a rule of the column, as it was delivered; or its dimension file was refused. */
  rejected: number;
}

/**
 * Holds what the database has to what was sent: every text is there in every column, or in the record that was rejected under
 * a rule of that column.
 */
export function checkSentTexts(result: SentTexts, texts: readonly string[]): Record<string, TextTally> {
  const { sent, totals, facts, rejects } = result;
  const tallies: Record<string, TextTally> = {};
  const newest = new Map(sent.map(({ values, line }) => [trimBlanks(values.transaction_id!), line]));
  let duplicates = 0;
  for (const row of sent) {
    const reject = rejects.get(row.line);
    tallies[row.column] ??= { stored: 0, rejected: 0 };
    tallies[row.column]![reject === undefined ? 'stored' : 'rejected']++;
    if (reject !== undefined) {
      expect(reject).toMatchObject({ raw_record: row.record, raw_encoding: 'text', raw_truncated: 0 });
      expect(reject.faults.map(({ column }) => column)).toContain(row.column);
    } else {
      const id = trimBlanks(row.values.transaction_id!);
      if (newest.get(id) === row.line) checkFact(result, row, texts[row.place]!);
      else duplicates++;
    }
    checkIdRule(row, texts[row.place]!, reject !== undefined);
  }
  delete tallies.none;
  expect(totals).toEqual({
    ...{ read: sent.length, inserted: facts.size, updated: 0, unchanged: 0, stale: 0 },
    ...{ duplicate: duplicates, rejected: rejects.size },
  });
  const dimensions = { ...checkDimension(result, 'products', texts), ...checkDimension(result, 'customers', texts) };
  expect(result.refusedValues).toBe(Object.values(dimensions).reduce((sum, { rejected }) => sum + rejected, 0));
  return { ...tallies, ...dimensions };
}

/** No text is turned away in a column of ids but by the rules of ids. */
function checkIdRule({ column }: SentRow, text: string, isRejected: boolean): void {
  const length = Buffer.byteLength(trimBlanks(text));
  const isId = ID_COLUMNS.some((id) => id === column);
  if (isId) expect({ text, isRejected }).toEqual({ text, isRejected: length === 0 || length > 64 });
  if (column === 'none') expect(isRejected).toBe(false);
}

function checkFact({ facts }: SentTexts, { values, column, place }: SentRow, text: string): void {
  const fact = facts.get(trimBlanks(values.transaction_id!));
  for (const id of ID_COLUMNS) expect(fact?.[id]).toBe(trimBlanks(values[id]!));
  if (fact?.product_id === keyOf(place)) {
    for (const name of ['product_name', 'category', 'supplier_id'] as const) {
      expect(fact[name]).toBe(trimBlanks(fit(text, 'products', name)));
    }
  }
  if (fact?.customer_id === keyOf(place)) {
    expect(fact.membership_level).toBe(trimBlanks(fit(text, 'customers', 'membership_level')));
  }
  // Of the other columns a text is stored where it is a number, a day or a word of a list, in one spelling.
  if (column === 'quantity' || column === 'price') expect(Number(fact?.[column]) - Number(text)).toBe(0);
}

function checkDimension(
  result: SentTexts,
  dimension: DimensionName,
  texts: readonly string[],
): Record<string, TextTally> {
  const [id, ...columns] = DIMENSION_COLUMNS[dimension].map(({ name }) => name).filter((name) => name !== 'price');
  const rows = result[dimension];
  const tallies: Record<string, TextTally> = { [`${dimension}.${id}`]: { stored: 0, rejected: 0 } };
  texts.forEach((text, place) => {
    const key = trimBlanks(fit(text, dimension, id!));
    if (key !== '') expect(rows.get(key)?.[id!]).toBe(key);
    tallies[`${dimension}.${id}`]![key === '' ? 'rejected' : 'stored']++;
    for (const column of columns) {
      const value = fit(text, dimension, column);
      expect(rows.get(keyOf(place))?.[column]).toBe(trimBlanks(value));
      tallies[`${dimension}.${column}`] ??= { stored: 0, rejected: 0 };
      tallies[`${dimension}.${column}`]![value === text ? 'stored' : 'rejected']++;
    }
  });
  return tallies;
}
