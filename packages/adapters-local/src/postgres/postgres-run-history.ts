import { SqlRunHistory } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSessions } from './postgres-sessions.ts';

/** What earlier runs did, from ingest_run, ingest_file and ingest_reject. */
export class PostgresRunHistory extends SqlRunHistory {
  constructor({ pool }: { readonly pool: Pool }) {
    super(askPostgres(new PostgresSessions(pool)));
  }
}
