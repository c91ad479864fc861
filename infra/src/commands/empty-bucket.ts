import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** Deletes all versions and delete markers of a bucket, for good. @returns how many */
export async function emptyBucket(client: S3Client, bucket: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    // Always the first page: what it held is gone by the next turn.
    const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (objects.length === 0) return deleted;
    const { Errors } = await client.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: objects.map(({ Key, VersionId }) => ({ Key: Key!, VersionId: VersionId! })), Quiet: true },
      }),
    );
    const first = Errors?.[0];
    if (first !== undefined) throw new Error(`${first.Key} of ${bucket} could not be deleted: ${first.Message}.`);
    deleted += objects.length;
  }
}
