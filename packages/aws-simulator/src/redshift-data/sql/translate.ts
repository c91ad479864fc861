import { DatabaseFault } from '../database/database-fault.ts';
import { parseUser } from '../users/parse-user.ts';
import { parseCopy } from './parse-copy.ts';
import { parseUnload } from './parse-unload.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { insert, isSymbol, isWord, render, type Token, tokenize } from './tokenize.ts';
import { translateExpressions } from './translate-expressions.ts';
import { translateTable } from './translate-table.ts';
import type { TranslatedStatement } from './translated-statement.ts';

/**
 * From one statement of Redshift to Postgres.
 *
 * @throws DatabaseFault for what Redshift would refuse
 */
export function translate(sql: string): TranslatedStatement {
  const tokens = singleStatement(tokenize(sql));
  const [first, second] = tokens;
  if (isWord(second, 'user') && isWord(first, 'create', 'alter', 'drop'))
    return { kind: 'user', user: parseUser(tokens) };
  if (isWord(first, 'grant', 'revoke')) return { kind: 'rights', tokens };
  if (isWord(first, 'copy')) return { kind: 'copy', copy: parseCopy(tokens) };
  if (isWord(first, 'unload')) return { kind: 'unload', unload: parseUnload(tokens) };
  return translateTokens(tokens);
}

/** The query of an UNLOAD. */
export function translateSelect(sql: string): PlainStatement {
  return translateTokens(singleStatement(tokenize(sql)));
}

type PlainStatement = Extract<TranslatedStatement, { kind: 'sql' }>;

function translateTokens(tokens: readonly Token[]): PlainStatement {
  refuseForeign(tokens);
  if (isWord(tokens[0], 'set', 'reset') && tokens.some((token) => isWord(token, 'authorization', 'role', 'all')))
    throw new DatabaseFault('0A000', 'the simulator signs in with a secret, and stays who that is');
  const lengths = new Set<number>();
  const parameters: string[] = [];
  const withTypes = translateTable(tokens, lengths);
  const translated = numberParameters(translateExpressions(withTypes), parameters);
  return {
    kind: 'sql',
    text: render(withFrom(translated)),
    parameters,
    lengths: [...lengths],
    command: tokens[0]?.value ?? '',
    exclusive: exclusiveTable(tokens),
  };
}

function singleStatement(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex((token) => isSymbol(token, ';'));
  if (end < 0 || tokens.slice(end).every((token) => isSymbol(token, ';')))
    return tokens.slice(0, end < 0 ? tokens.length : end);
  throw new DatabaseFault('42601', 'cannot insert multiple commands into a prepared statement');
}

/** Each occurrence is a parameter of its own, as its type depends on where it stands. */
function numberParameters(tokens: readonly Token[], names: string[]): readonly Token[] {
  return tokens.map((token) => {
    if (token.kind !== 'parameter') return token;
    names.push(token.value);
    return { ...token, text: `$${names.length}` };
  });
}

/** `DELETE t` is `DELETE FROM t`. */
function withFrom(tokens: readonly Token[]): readonly Token[] {
  const [first, second] = tokens;
  if (!isWord(first, 'delete') || isWord(second, 'from')) return tokens;
  return [first!, insert('FROM', 'word'), ...tokens.slice(1)];
}

/** UPDATE, DELETE and MERGE keep others from writing the table; INSERT and COPY go along with each other. */
function exclusiveTable(tokens: readonly Token[]): string | undefined {
  if (!isWord(tokens[0], 'update', 'delete', 'merge')) return undefined;
  const start = isWord(tokens[1], 'from', 'into') ? 2 : 1;
  const end = isSymbol(tokens[start + 1], '.') ? start + 3 : start + 1;
  return render(tokens.slice(start, end)).trim();
}
