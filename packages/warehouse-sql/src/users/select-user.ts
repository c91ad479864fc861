import { ParameterList } from '../parameter-list.ts';
import type { Statement } from '../statement.ts';

/** One row with `is_super`, `yes` or `no`; none where there is no such user. Of Redshift only. */
export function selectUser(name: string): Statement {
  const values = new ParameterList('select-user', 'redshift');
  return values.toStatement(
    `SELECT CASE WHEN usesuper THEN 'yes' ELSE 'no' END AS is_super FROM pg_user WHERE usename = ${values.text(name)}`,
  );
}
