import { SNSClient } from '@aws-sdk/client-sns';
import type { AwsConfig } from '../config/aws-config.ts';
import { clientSettings } from '../config/client-settings.ts';

/** A client for a program. */
export function createSnsClient(config: Pick<AwsConfig, 'region'>): SNSClient {
  return new SNSClient(clientSettings(config));
}
