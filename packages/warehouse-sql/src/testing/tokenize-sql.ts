/** One token of SQL; comments and blanks are none. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'body' | 'number' | 'parameter' | 'symbol';
  /** As written; a word in lower case. */
  readonly text: string;
}

const KINDS: readonly (readonly [SqlToken['kind'] | 'blank', RegExp])[] = [
  ['blank', /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['body', /(\$\w*\$)[\s\S]*?\1/y],
  ['string', /(?:[eEbBxX]|[uU]&)?'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['name', /"(?:[^"]|"")*"/y],
  ['word', /[#A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['number', /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+/y],
  ['symbol', /::|->>|->|#>>|#>|@>|<@|<>|!=|<=|>=|\|\|/y],
  ['parameter', /:[A-Za-z_]\w*/y],
];

/** Tokens of one or more statements, cut at the semicolons. */
export function tokenizeStatements(sql: string): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokenize(sql)) {
    if (token.kind === 'symbol' && token.text === ';') statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter(({ length }) => length > 0);
}

function* tokenize(sql: string): Generator<SqlToken> {
  let at = 0;
  while (at < sql.length) {
    const [kind, text] = tokenAt(sql, at);
    at += text.length;
    if (kind === 'blank') continue;
    yield { kind, text: kind === 'word' ? text.toLowerCase() : text };
  }
}

function tokenAt(sql: string, at: number): readonly [SqlToken['kind'] | 'blank', string] {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return ['symbol', sql[at]!];
}
