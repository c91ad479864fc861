import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PortError } from '@weir/core';
import { describeServiceFault } from '../faults/describe-service-fault.ts';

export interface SignIn {
  readonly user: string;
  readonly password: string;
}

/**
 * User and password of a secret, as the Data API reads them from it. For the one who sets the password: all others give the
 * name of the secret, and never see what is in it.
 *
 * @throws PortError `secret.unreadable`, `secret.invalid`
 */
export async function readSignIn(client: Pick<SecretsManagerClient, 'send'>, secretArn: string): Promise<SignIn> {
  const { username, password } = parse(await read(client, secretArn), secretArn);
  // As Redshift keeps names of users; its hash of a password has the name in it.
  if (typeof username !== 'string' || !/^[a-z_][a-z0-9_]{0,62}$/.test(username) || username === 'public') {
    throw invalid(secretArn, 'its "username" must be small letters, digits and _, and not "public"');
  }
  if (typeof password !== 'string' || password === '') throw invalid(secretArn, 'its "password" is missing');
  return { user: username, password };
}

async function read(client: Pick<SecretsManagerClient, 'send'>, secretArn: string): Promise<string> {
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return SecretString;
  } catch (error) {
    const fault = describeServiceFault(error, 'Secrets Manager', 'secretsmanager:GetSecretValue');
    const { reason, remedy, retryable, serviceCode, status } = fault;
    throw new PortError({
      code: 'secret.unreadable',
      message: `The secret ${secretArn} cannot be read: ${reason}.`,
      ...(remedy === undefined ? {} : { remedy }),
      retryable,
      context: { secretArn, serviceCode, status },
      cause: error,
    });
  }
}

function parse(text: string, secretArn: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // The reason would quote the secret.
  }
  throw invalid(secretArn, 'it holds no JSON object');
}

function invalid(secretArn: string, why: string): PortError {
  return new PortError({
    code: 'secret.invalid',
    message: `The secret ${secretArn} cannot be used: ${why}.`,
    remedy: 'Put {"username": "...", "password": "..."} into it, and run the set-up of the deployment again.',
    context: { secretArn },
  });
}
