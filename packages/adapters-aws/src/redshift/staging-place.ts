import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { placeOf, toS3Fault } from '../s3/s3-fault.ts';

/** Where files lie that Redshift reads with COPY and writes with UNLOAD. */
export interface StagingPlace {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: string;
  /** The role that Redshift takes on for it; the default one of the namespace where it is left out. */
  readonly copyRoleArn?: string | undefined;
}

/** An address of an object, or the beginning of one, as SQL and manifests write it. */
export function addressIn({ bucket }: Pick<StagingPlace, 'bucket'>, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** @throws PortError `warehouse.stage-failed` */
export async function putStaged({ client, bucket }: StagingPlace, key: string, body: Uint8Array): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: body.length }));
  } catch (error) {
    const what = `What is to be loaded cannot be written to ${placeOf(bucket, key)}`;
    throw toS3Fault(error, { code: 'warehouse.stage-failed', what, bucket, key, permission: 's3:PutObject' });
  }
}
