import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CommandError } from './command-error.ts';

export interface Account {
  readonly account: string;
  readonly region: string;
}

/** Whose account and which region the credentials of this machine are for. @throws CommandError that says what is missing */
export async function readAccount(): Promise<Account> {
  const client = new STSClient({ maxAttempts: 2 });
  const region = await client.config.region().catch(() => {
    throw new CommandError(
      'No AWS region is set. Set AWS_REGION, for instance AWS_REGION=eu-west-1, or choose a profile with AWS_PROFILE.',
    );
  });
  try {
    const { Account: account } = await client.send(new GetCallerIdentityCommand({}));
    return { account: account!, region };
  } catch (error) {
    throw new CommandError(
      `AWS did not accept this machine's credentials, or there are none (${(error as Error).name}). Sign in, for instance with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  } finally {
    client.destroy();
  }
}
