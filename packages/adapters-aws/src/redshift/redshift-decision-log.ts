import { SqlDecisionLog } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';

/** ingest_decision, beside the entries of the deliveries. */
export class RedshiftDecisionLog extends SqlDecisionLog {
  constructor({ session }: { readonly session: DataApiSession }) {
    super(askRedshift(session));
  }
}
