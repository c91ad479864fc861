import { DatabaseFault } from '../database/database-fault.ts';
import { closingOf, isSymbol, isWord, type Token } from './tokenize.ts';

/** Words that Postgres knows and Redshift does not, where they stand one after the other. */
const UNKNOWN_PHRASES: readonly (readonly string[])[] = [
  ['on', 'conflict'],
  ['on', 'commit'],
  ['distinct', 'on'],
  ['is', 'distinct'],
  ['not', 'distinct'],
  ['do', 'nothing'],
  ['filter', '('],
  ['from', '(', 'values'],
  ['join', '(', 'values'],
  ['array', '['],
  ['set', 'local'],
  ['with', 'ordinality'],
  ['for', 'update'],
  ['nulls', 'distinct'],
  ['create', 'index'],
  ['create', 'unique', 'index'],
  ['create', 'sequence'],
  ['create', 'trigger'],
  ['create', 'domain'],
  ['create', 'type'],
  ['create', 'extension'],
  ['create', 'unlogged'],
];
/** Words that are refused wherever they stand as a word of SQL. */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set([
  ...['returning', 'savepoint', 'lateral', 'tablesample', 'serial', 'bigserial', 'smallserial'],
  ...['jsonb', 'json', 'uuid', 'bytea', 'tsvector', 'hstore', 'inet', 'cidr'],
]);
const UNKNOWN_FUNCTIONS: ReadonlySet<string> = new Set([
  ...['string_agg', 'array_agg', 'gen_random_uuid', 'jsonb_build_object', 'json_build_object', 'to_json', 'to_jsonb'],
  ...['unnest', 'clock_timestamp', 'statement_timestamp', 'transaction_timestamp'],
  ...['pg_advisory_lock', 'pg_advisory_xact_lock', 'row_to_json', 'starts_with', 'make_date', 'num_nulls'],
]);
/** Functions of the leader node: they fail in a statement that touches a table of a user. */
const LEADER_ONLY: ReadonlySet<string> = new Set(['now', 'generate_series', 'age']);
const LEADER_ONLY_WORDS: ReadonlySet<string> = new Set(['current_timestamp', 'localtimestamp', 'localtime']);

/**
 * Refuses what Postgres runs and Redshift does not. A list, not a grammar: what is not in it goes to Postgres.
 *
 * @throws DatabaseFault in Redshift's words
 */
export function refuseForeign(tokens: readonly Token[]): void {
  const touchesTable = tokens.some((token) => isWord(token, 'from', 'into', 'update', 'table'));
  tokens.forEach((token, i) => {
    if (token.kind === 'string' && /^[eE]$/.test(tokens[i - 1]?.text ?? '') && token.before === '')
      syntaxFault(tokens[i - 1]!);
    if (isSymbol(token, '$')) syntaxFault(token);
    if (token.kind !== 'word') return;
    const isCall = isSymbol(tokens[i + 1], '(');
    if (token.value === 'collate' && tokens[i + 1]?.kind === 'quoted') syntaxFault(token);
    for (const phrase of UNKNOWN_PHRASES)
      if (phrase.every((word, n) => tokens[i + n]?.value === word && tokens[i + n]!.kind !== 'string'))
        syntaxFault(tokens[i + 1]!);
    if (isSymbol(tokens[i - 1], '.') || isWord(tokens[i - 1], 'as')) return;
    if (UNKNOWN_WORDS.has(token.value) && !isSymbol(tokens[i + 1], '.')) syntaxFault(token);
    if (isCall && UNKNOWN_FUNCTIONS.has(token.value))
      throw new DatabaseFault('42883', `function ${token.value}() does not exist`, token.at + 1);
    const isLeaderOnly = isCall ? LEADER_ONLY.has(token.value) : LEADER_ONLY_WORDS.has(token.value);
    if (isLeaderOnly && touchesTable)
      throw new DatabaseFault(
        '0A000',
        `Specified types or functions (one per INFO message) not supported on Redshift tables.\n  Detail: Function "${token.value}()" not supported.`,
      );
  });
  if (isWord(tokens[0], 'merge')) refuseConditionalMerge(tokens);
  if (isWord(tokens[0], 'with') && tokens.some((token) => isWord(token, 'merge'))) syntaxFault(tokens[0]!);
  if (isWord(tokens[0], 'insert')) refuseLoneValues(tokens);
}

/** MERGE takes exactly one WHEN MATCHED and one WHEN NOT MATCHED, without conditions; its source is a table. */
function refuseConditionalMerge(tokens: readonly Token[]): void {
  const using = tokens.findIndex((token) => isWord(token, 'using'));
  if (isSymbol(tokens[using + 1], '(')) syntaxFault(tokens[using + 1]!);
  const target = tokens.slice(2, using);
  if (target.filter((token) => token.kind === 'word' || token.kind === 'quoted').length > (hasSchema(target) ? 2 : 1))
    syntaxFault(target.at(-1)!);
  let matched = 0;
  let unmatched = 0;
  tokens.forEach((token, i) => {
    if (!isWord(token, 'when')) return;
    const isUnmatched = isWord(tokens[i + 1], 'not');
    const end = i + (isUnmatched ? 3 : 2);
    if (!isWord(tokens[end - 1], 'matched')) return;
    if (isUnmatched) unmatched++;
    else matched++;
    if (!isWord(tokens[end], 'then')) syntaxFault(tokens[end]!);
  });
  if (matched !== 1 || unmatched !== 1)
    throw new DatabaseFault('42601', 'MERGE requires one WHEN MATCHED and one WHEN NOT MATCHED clause');
}

function hasSchema(name: readonly Token[]): boolean {
  return name.some((token) => isSymbol(token, '.'));
}

/** `VALUES` is known as the end of an INSERT only. */
function refuseLoneValues(tokens: readonly Token[]): void {
  const values = tokens.findIndex((token) => isWord(token, 'values'));
  if (values < 0) return;
  const end = closingOf(tokens, values + 1);
  const after = tokens[end + 1];
  if (after !== undefined && !isSymbol(after, ',') && !isSymbol(after, ';')) syntaxFault(after);
}

function syntaxFault(token: Token): never {
  throw new DatabaseFault('42601', `syntax error at or near "${token.text}"`, token.at + 1);
}
