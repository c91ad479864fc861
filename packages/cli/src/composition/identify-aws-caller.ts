import { type CallerIdentity, createStsClient, identifyCaller } from '@weir/adapters-aws';
import type { AwsSettings } from '../config/aws-settings.ts';
import { openAws } from './open-aws.ts';

/** @throws PortError `identity.not-signed-in`, `identity.unreachable`, CommandError `usage.no-region` */
export async function identifyAwsCaller(settings: AwsSettings): Promise<CallerIdentity & { readonly region: string }> {
  const { s3, region, profile } = await openAws(settings);
  const client = createStsClient({ region, profile });
  try {
    return { ...(await identifyCaller(client)), region };
  } finally {
    client.destroy();
    s3.destroy();
  }
}
