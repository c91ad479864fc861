import type { SqlPhrase } from './sql-phrase.ts';

/**
 * MERGE takes a table as its source, no alias for its target, no WITH, and either REMOVE DUPLICATES or exactly one WHEN
 * MATCHED and one WHEN NOT MATCHED, both without a condition.
 */
export function refusesMerge(statement: SqlPhrase): boolean {
  if (statement.startsWith('with')) return statement.has('merge into');
  if (!statement.startsWith('merge')) return false;
  const using = statement.find('using')[0] ?? 0;
  const target = statement.part(2, using);
  const isAliased = target.tokens.length > (target.has('.') ? 3 : 1);
  if (isAliased || statement.isAt(using + 1, '(')) return true;
  const whens = statement.find('when matched', 'when not matched');
  if (statement.has('remove duplicates')) return whens.length > 0;
  const matched = statement.find('when matched then update|delete').length;
  const unmatched = statement.find('when not matched then insert').length;
  return whens.length !== 2 || matched !== 1 || unmatched !== 1;
}
