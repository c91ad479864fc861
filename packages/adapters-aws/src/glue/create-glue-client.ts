import { GlueClient } from '@aws-sdk/client-glue';
import type { AwsConfig } from '../config/aws-config.ts';
import { clientSettings } from '../config/client-settings.ts';

/** A client for a program. */
export function createGlueClient(config: Pick<AwsConfig, 'region'>): GlueClient {
  return new GlueClient(clientSettings(config));
}
