import { type Statement, toStatement } from '../statement.ts';
import { FACT_TABLE } from '../tables/fact-table.ts';
import { LOCK_TABLE } from '../tables/ingest-tables.ts';

/**
 * First of every writing transaction, before anything that takes a snapshot: Redshift would else judge rows against a
 * state from before another writer's commit.
 */
export function lockWriters(): Statement {
  return toStatement('lock-writers', `LOCK TABLE ${LOCK_TABLE.name}`);
}

/** Nobody may rewrite the facts as a whole (VACUUM FULL, CLUSTER): rows keep their addresses until the transaction ends. */
export function lockAddresses(): Statement {
  return toStatement('lock-addresses', `LOCK TABLE ${FACT_TABLE.name} IN ACCESS SHARE MODE`);
}
