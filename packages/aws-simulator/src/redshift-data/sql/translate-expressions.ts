import { closingOf, insert, isSymbol, isWord, type Token } from './tokenize.ts';

const RENAMED: Readonly<Record<string, string>> = { nvl: 'COALESCE', isnull: 'COALESCE' };
const SYSDATE = "(transaction_timestamp() AT TIME ZONE 'UTC')";

/** Functions, literals and casts of Redshift as Postgres writes them. */
export function translateExpressions(tokens: readonly Token[]): readonly Token[] {
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (isWord(token, 'cast') && isSymbol(tokens[i + 1], '(')) {
      const end = closingOf(tokens, i + 1);
      result.push(...translateCast(tokens.slice(i, end + 1)));
      i = end;
    } else if (isSymbol(token, '::') && isWord(tokens[i + 1], 'varchar')) {
      // Cut by characters, where Redshift cuts by bytes.
      const end = isSymbol(tokens[i + 2], '(') ? closingOf(tokens, i + 2) : i + 1;
      result.push(...tokens.slice(i, end + 1), insert('::redshift_varchar'));
      i = end;
    } else result.push(translateToken(token, tokens[i - 1], tokens[i + 1]));
  }
  return result;
}

function translateToken(token: Token, before: Token | undefined, after: Token | undefined): Token {
  if (token.kind === 'string')
    return token.text.includes('\\') ? { ...token, text: `E'${escapeText(token.value)}'` } : token;
  if (token.kind !== 'word' || isSymbol(before, '.')) return token;
  // Else the users of all databases of the server.
  if (token.value === 'pg_user') return { ...token, text: 'redshift.pg_user' };
  if (token.value === 'sysdate') return { ...token, text: SYSDATE };
  const renamed = isSymbol(after, '(') ? RENAMED[token.value] : undefined;
  if (renamed !== undefined) return { ...token, text: renamed };
  if (['decimal', 'numeric'].includes(token.value) && !isSymbol(after, '(') && isSymbol(before, '::'))
    return { ...token, text: `${token.text}(18, 0)` };
  return token;
}

/** `CAST(x AS VARCHAR(n))` cuts at n bytes and has the comparisons of a column. */
function translateCast(tokens: readonly Token[]): readonly Token[] {
  const depths = depthsOf(tokens);
  const as = tokens.findLastIndex((token, i) => isWord(token, 'as') && depths[i] === 1);
  const inner = translateExpressions(tokens.slice(2, as));
  const type = tokens.slice(as + 1, -1);
  const [name] = type;
  if (isWord(name, 'varchar', 'nvarchar') || (isWord(name, 'character') && isWord(type[1], 'varying'))) {
    const length = type.find(({ kind }) => kind === 'number')?.text ?? '65535';
    const text = [insert('CAST(CAST('), ...inner, insert('AS VARCHAR) AS redshift_varchar)')];
    if (Number(length) >= 65_535) return text;
    return [insert('CAST(cut_bytes(CAST('), ...inner, insert(`AS VARCHAR), ${length}) AS redshift_varchar)`)];
  }
  if (isWord(name, 'decimal', 'numeric') && type.length === 1)
    return [insert('CAST('), ...inner, insert('AS DECIMAL(18, 0))')];
  if (isWord(name, 'datetime')) return [insert('CAST('), ...inner, insert('AS TIMESTAMP)')];
  return [tokens[0]!, tokens[1]!, ...inner, ...tokens.slice(as)];
}

function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (isSymbol(token, '(')) depth++;
    else if (isSymbol(token, ')')) depth--;
    return depth;
  });
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "''");
}
