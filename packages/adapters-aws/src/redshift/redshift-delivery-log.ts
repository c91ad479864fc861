import { SqlDeliveryLog } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';

/** What was delivered, from ingest_file. */
export class RedshiftDeliveryLog extends SqlDeliveryLog {
  constructor({ session }: { readonly session: DataApiSession }) {
    super(askRedshift(session));
  }
}
