import { STSClient } from '@aws-sdk/client-sts';
import { type ClientPlace, clientSettings } from '../config/client-settings.ts';

/** A client for a program. */
export function createStsClient(place: ClientPlace): STSClient {
  return new STSClient(clientSettings(place));
}
