import { S3Client } from '@aws-sdk/client-s3';
import { type ClientPlace, clientSettings } from '../config/client-settings.ts';

/** A client for a program. Stand-ins of S3 in tests have no bucket names in their host names. */
export function createS3Client(
  config: ClientPlace,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): S3Client {
  const hasOwnEndpoint = Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3);
  return new S3Client({ ...clientSettings(config), forcePathStyle: hasOwnEndpoint });
}
