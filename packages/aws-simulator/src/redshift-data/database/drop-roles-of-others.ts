import type pg from 'pg';

/** Drops the users of simulated Redshifts whose database is gone: a server keeps its roles when a database goes. */
export async function dropRolesOfOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`SELECT rolname FROM pg_roles WHERE rolname ~ '^redshift_[0-9]+_'
    AND split_part(rolname, '_', 2) NOT IN (SELECT oid::text FROM pg_database)`);
  // Others that start at the same time drop them too.
  for (const { rolname } of rows) await client.query(`DROP ROLE IF EXISTS "${rolname}"`).catch(() => undefined);
}
