import { DatabaseFault } from '../database/database-fault.ts';
import { closingOf, insert, isSymbol, isWord, type Token } from './tokenize.ts';
import { translateColumnType } from './translate-column-type.ts';

/** Words that end the attributes of a column which Postgres does not know, with the tokens that go with each. */
const ATTRIBUTES_WITH_ARGUMENT = new Set(['distkey', 'sortkey', 'distribution']);

/**
 * CREATE TABLE and ALTER TABLE without what Postgres does not know or would enforce: distribution, sort keys, encodings,
 * primary and foreign keys. NOT NULL stays. Other statements come back as they are.
 *
 * @param lengths gets the byte lengths of the columns
 */
export function translateTable(tokens: readonly Token[], lengths: Set<number>): readonly Token[] {
  const table = tokens.findIndex((token) => isWord(token, 'table'));
  if (isWord(tokens[0], 'create') && table > 0 && table <= 3) return translateCreate(tokens, table, lengths);
  if (isWord(tokens[0], 'alter') && table === 1) return translateAlter(tokens, lengths);
  return tokens;
}

function translateCreate(tokens: readonly Token[], table: number, lengths: Set<number>): readonly Token[] {
  const as = tokens.findIndex((token, i) => isWord(token, 'as') && i > table && depthAt(tokens, i) === 0);
  const open = tokens.findIndex((token, i) => isSymbol(token, '(') && i > table && !isAttribute(tokens[i - 1]));
  const hasColumns = open > 0 && (as < 0 || open < as);
  const close = hasColumns ? closingOf(tokens, open) : -1;
  const nameEnd = hasColumns ? open : endOfName(tokens, table);
  const head = tokens.slice(0, nameEnd).filter((token) => !isWord(token, 'local'));
  const select = as < 0 ? [] : tokens.slice(as);
  checkClauses(tokens.slice(hasColumns ? close + 1 : nameEnd, as < 0 ? tokens.length : as));
  if (!hasColumns) return [...head, ...select];
  const columns = tokens.slice(open + 1, close);
  // The names of the columns of a CREATE TABLE AS have no types.
  const body = as < 0 ? translateColumns(columns, lengths) : columns;
  return [...head, tokens[open]!, ...body, tokens[close]!, ...select];
}

function endOfName(tokens: readonly Token[], table: number): number {
  let i = table + 1;
  while (isWord(tokens[i], 'if', 'not', 'exists')) i++;
  return isSymbol(tokens[i + 1], '.') ? i + 3 : i + 1;
}

function isAttribute(token: Token | undefined): boolean {
  return token?.kind === 'word' && ATTRIBUTES_WITH_ARGUMENT.has(token.value);
}

/** Clauses after the columns: known ones are left out, others refused. */
function checkClauses(tokens: readonly Token[]): void {
  const known = new Set([
    ...['diststyle', 'distkey', 'sortkey', 'compound', 'interleaved', 'encode', 'backup'],
    ...['auto', 'even', 'key', 'all', 'none', 'yes', 'no'],
  ]);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isSymbol(token, '(')) i = closingOf(tokens, i);
    else if (token.kind !== 'word' || !known.has(token.value))
      throw new DatabaseFault('42601', `syntax error at or near "${token.text}"`, token.at + 1);
  }
}

function translateColumns(tokens: readonly Token[], lengths: Set<number>): readonly Token[] {
  const kept = splitAtCommas(tokens)
    .filter((entry) => !isKey(entry))
    .map((entry) => translateColumn(entry, lengths));
  return kept.flatMap((entry, i) => (i === 0 ? entry : [insert(','), ...entry]));
}

/** A constraint of the table. */
function isKey(entry: readonly Token[]): boolean {
  return isWord(entry[0], 'primary', 'unique', 'foreign', 'constraint');
}

function translateColumn(entry: readonly Token[], lengths: Set<number>): readonly Token[] {
  if (isWord(entry[0], 'like')) return entry;
  const { type, length } = translateColumnType(entry, lengths);
  const rest: Token[] = [];
  for (let i = 1 + length; i < entry.length; i++) {
    const token = entry[i]!;
    if (isWord(token, 'encode', 'collate')) i++;
    else if (isWord(token, 'distkey', 'sortkey', 'unique')) continue;
    else if (isWord(token, 'primary')) {
      i++;
      rest.push(insert('NOT NULL'));
    } else if (isWord(token, 'references')) i = endOfReference(entry, i);
    else if (isWord(token, 'identity') && isSymbol(entry[i + 1], '(')) {
      const [seed, step] = entry.slice(i + 2).filter(({ kind }) => kind === 'number');
      const sequence = `(START WITH ${seed?.text ?? 1} INCREMENT BY ${step?.text ?? 1})`;
      const isNamed = rest.some((known) => isWord(known, 'generated'));
      rest.push(insert(isNamed ? `IDENTITY ${sequence}` : `GENERATED ALWAYS AS IDENTITY ${sequence}`));
      i = closingOf(entry, i + 1);
    } else rest.push(token);
  }
  return [entry[0]!, ...type, ...rest];
}

function endOfReference(entry: readonly Token[], at: number): number {
  const name = isSymbol(entry[at + 2], '.') ? at + 3 : at + 1;
  return isSymbol(entry[name + 1], '(') ? closingOf(entry, name + 1) : name;
}

/** ADD COLUMN with its type; keys that nobody enforces do nothing. */
function translateAlter(tokens: readonly Token[], lengths: Set<number>): readonly Token[] {
  const add = tokens.findIndex((token) => isWord(token, 'add'));
  if (add > 0) {
    const start = isWord(tokens[add + 1], 'column') ? add + 2 : add + 1;
    if (isKey(tokens.slice(start))) return [insert('SELECT WHERE false')];
    return [...tokens.slice(0, start), ...translateColumn(tokens.slice(start), lengths)];
  }
  const isLayout = tokens.some((token) => isWord(token, 'diststyle', 'distkey', 'sortkey', 'encode'));
  return isLayout ? [insert('SELECT WHERE false')] : tokens;
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const entries: Token[][] = [[]];
  tokens.forEach((token, i) => {
    if (isSymbol(token, ',') && depthAt(tokens, i) === 0) entries.push([]);
    else entries.at(-1)!.push(token);
  });
  return entries;
}

function depthAt(tokens: readonly Token[], end: number): number {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    if (isSymbol(tokens[i], '(')) depth++;
    else if (isSymbol(tokens[i], ')')) depth--;
  }
  return depth;
}
