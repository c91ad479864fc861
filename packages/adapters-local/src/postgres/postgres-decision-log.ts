import { SqlDecisionLog } from '@weir/warehouse-sql';
import type { Pool } from 'pg';
import { askPostgres } from './ask-postgres.ts';
import { PostgresSessions } from './postgres-sessions.ts';

/** ingest_decision, beside the entries of the deliveries. */
export class PostgresDecisionLog extends SqlDecisionLog {
  constructor({ pool }: { readonly pool: Pool }) {
    super(askPostgres(new PostgresSessions(pool)));
  }
}
