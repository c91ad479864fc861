import { SqlRunHistory } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';

/** What earlier runs did, from ingest_run, ingest_file and ingest_reject. */
export class RedshiftRunHistory extends SqlRunHistory {
  constructor({ session }: { readonly session: DataApiSession }) {
    super(askRedshift(session));
  }
}
