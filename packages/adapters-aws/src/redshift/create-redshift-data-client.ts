import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { AwsConfig } from '../config/aws-config.ts';
import { clientSettings } from '../config/client-settings.ts';

/** A client for a program. It tries once: `DataApiSession` repeats, and knows what may be repeated. */
export function createRedshiftDataClient(config: Pick<AwsConfig, 'region'>): RedshiftDataClient {
  return new RedshiftDataClient({ ...clientSettings(config), maxAttempts: 1 });
}
