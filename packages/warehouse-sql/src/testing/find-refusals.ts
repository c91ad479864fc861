import { REDSHIFT_RULES } from './redshift-rules.ts';
import { SqlPhrase } from './sql-phrase.ts';
import { tokenizeStatements } from './tokenize-sql.ts';

/**
 * The names of the rules that SQL breaks: what Postgres runs and Redshift does not, which no test on Postgres can find. A list
 * of what is known, not a grammar.
 *
 * @param author `weir` for what Weir sends in a transaction, which is held to more
 */
export function findRefusals(sql: string, author: 'anybody' | 'weir' = 'weir'): readonly string[] {
  const rules = REDSHIFT_RULES.filter(({ scope }) => scope === 'all' || author === 'weir');
  const statements = tokenizeStatements(sql).map((tokens) => new SqlPhrase(tokens));
  return rules.filter(({ breaks }) => statements.some((statement) => breaks(statement))).map(({ name }) => name);
}
