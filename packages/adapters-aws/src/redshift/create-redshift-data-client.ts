import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { type ClientPlace, clientSettings } from '../config/client-settings.ts';

/** A client for a program. It tries once: `DataApiSession` repeats, and knows what may be repeated. */
export function createRedshiftDataClient(config: ClientPlace): RedshiftDataClient {
  return new RedshiftDataClient({ ...clientSettings(config), maxAttempts: 1 });
}
