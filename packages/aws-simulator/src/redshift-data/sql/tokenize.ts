import { DatabaseFault } from '../database/database-fault.ts';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol';

/** One token of Redshift SQL. Blanks and comments are in the `before` of the token that follows them. */
export interface Token {
  readonly kind: TokenKind;
  /** As written; of a string or a parameter, see `value`. */
  readonly text: string;
  /** Lower-case word, unquoted name, content of a string, name of a parameter, or the symbol. */
  readonly value: string;
  readonly before: string;
  /** Where it starts in the statement, from 0. */
  readonly at: number;
}

const BLANK = /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const TOKENS: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', /#?[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  // As in Postgres 8: a backslash escapes, whatever it stands before.
  ['string', /'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+/y],
  ['symbol', /::|<>|!=|<=|>=|\|\||!~\*?|~\*/y],
  ['parameter', /:[A-Za-z_]\w*/y],
  ['symbol', /[^\s\w'"]/y],
];
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** @throws DatabaseFault for a string or a name that does not end */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const before = match(BLANK, sql, at) ?? '';
    at += before.length;
    if (at === sql.length) break;
    const token = tokenAt(sql, at, before);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** The text of tokens again. */
export function render(tokens: readonly Token[]): string {
  return tokens.map(({ before, text }) => before + text).join('');
}

/** A token for text that a translation puts in. */
export function insert(text: string, kind: TokenKind = 'symbol'): Token {
  return { kind, text, value: text.toLowerCase(), before: ' ', at: -1 };
}

export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.value);
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol;
}

/** The place of the bracket that closes the one at `open`; the end where there is none. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (isSymbol(tokens[i], '(')) depth++;
    else if (isSymbol(tokens[i], ')') && --depth === 0) return i;
  }
  return tokens.length;
}

function tokenAt(sql: string, at: number, before: string): Token {
  for (const [kind, pattern] of TOKENS) {
    const text = match(pattern, sql, at);
    if (text !== undefined) return { kind, text, value: contentOf(kind, text), before, at };
  }
  throw new DatabaseFault('42601', `unterminated quoted string at or near "${sql.slice(at, at + 20)}"`, at + 1);
}

function contentOf(kind: TokenKind, text: string): string {
  switch (kind) {
    case 'word':
      return text.toLowerCase();
    case 'quoted':
      // Redshift folds quoted names to lower case too, unless it is told otherwise.
      return text.slice(1, -1).replaceAll('""', '"').toLowerCase();
    case 'string':
      return text.slice(1, -1).replace(/''|\\([\s\S])/g, (_, escaped) => {
        return escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped);
      });
    case 'parameter':
      return text.slice(1);
    default:
      return text;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
