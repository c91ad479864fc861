import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { PortError } from '@weir/core';
import { describeServiceFault } from '../faults/describe-service-fault.ts';

export interface CallerIdentity {
  readonly account: string;
  /** `arn:aws:sts::123456789012:assumed-role/shop/anna`. */
  readonly arn: string;
}

/**
 * Whose credentials these are.
 *
 * @throws PortError `identity.not-signed-in`, `identity.unreachable`
 */
export async function identifyCaller(client: Pick<STSClient, 'send'>): Promise<CallerIdentity> {
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (error) {
    const { kind, reason, remedy, retryable, serviceCode, status } = describeServiceFault(error, 'STS', 'nothing');
    const isAboutUs = kind === 'credentials' || kind === 'forbidden';
    throw new PortError({
      code: isAboutUs ? 'identity.not-signed-in' : 'identity.unreachable',
      message: `AWS does not say who is calling: ${reason}.`,
      remedy: isAboutUs ? SIGN_IN : (remedy ?? SIGN_IN),
      retryable,
      context: { serviceCode, status },
      cause: error,
    });
  }
}

const SIGN_IN = 'Sign in, for instance with "aws sso login", or set AWS_PROFILE or the access keys of the environment.';
