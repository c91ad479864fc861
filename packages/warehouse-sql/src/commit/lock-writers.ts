import { type Statement, toStatement } from '../statement.ts';
import { LOCK_TABLE } from '../tables/ingest-tables.ts';

/**
 * First of every writing transaction, before anything that takes a snapshot: Redshift would else judge rows against a
 * state from before another writer's commit.
 */
export function lockWriters(): Statement {
  return toStatement('lock-writers', `LOCK TABLE ${LOCK_TABLE.name}`);
}
