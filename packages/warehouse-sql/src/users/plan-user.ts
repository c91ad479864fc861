import { lockWriters } from '../commit/lock-writers.ts';
import { quoteLiteral } from '../quote-literal.ts';
import { type Statement, toStatement } from '../statement.ts';
import { TABLE_RIGHTS } from '../tables/table-rights.ts';
import { quoteName } from './quote-name.ts';

export interface UserToSetUp {
  readonly name: string;
  /** As Redshift takes it in place of a password: `md5...`. */
  readonly passwordHash: string;
  /** Where it works. */
  readonly database: string;
  readonly isNew: boolean;
}

/** Where the tables are. */
const SCHEMA = 'public';

/**
 * One transaction that makes the user of the programs, or sets its password anew, and leaves it with just the rights that they
 * need. Redshift lets everybody create tables in `public`; after this it does not. Of Redshift only.
 */
export function planUser({ name, passwordHash, database, isNew }: UserToSetUp): readonly Statement[] {
  const user = quoteName(name);
  const tables = TABLE_RIGHTS.map(({ table }) => table).join(', ');
  const password = `USER ${user} PASSWORD ${quoteLiteral(passwordHash, 'redshift')}`;
  return [
    // Nobody writes meanwhile, who would have to wait for the tables in another order.
    lockWriters(),
    isNew ? toStatement('create-user', `CREATE ${password}`) : toStatement('alter-user', `ALTER ${password}`),
    toStatement('close-schema', `REVOKE CREATE ON SCHEMA ${SCHEMA} FROM PUBLIC`),
    toStatement('grant-schema', `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${user}`),
    toStatement('grant-database', `GRANT TEMPORARY ON DATABASE ${quoteName(database)} TO ${user}`),
    toStatement('revoke-tables', `REVOKE ALL ON TABLE ${tables} FROM ${user}`),
    ...TABLE_RIGHTS.map(({ table, rights }) =>
      toStatement(`grant-${table.replaceAll('_', '-')}`, `GRANT ${rights.join(', ')} ON TABLE ${table} TO ${user}`),
    ),
  ];
}
