import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ClientPlace, clientSettings } from '../config/client-settings.ts';

/** A client for a program. */
export function createSecretsClient(place: ClientPlace): SecretsManagerClient {
  return new SecretsManagerClient(clientSettings(place));
}
