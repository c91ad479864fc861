import { SqlDeliveryLog } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSessions } from './postgres-sessions.ts';

/** What was delivered, from ingest_file. */
export class PostgresDeliveryLog extends SqlDeliveryLog {
  constructor({ pool }: { readonly pool: Pool }) {
    super(askPostgres(new PostgresSessions(pool)));
  }
}
