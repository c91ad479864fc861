export { createSecretsClient } from './create-secrets-client.ts';
