import { S3ArchiveZone, S3FileStore, S3LandingZone } from '@weir/adapters-aws';
import type { LandingZone } from '@weir/core';
import type { AwsSettings } from '../config/aws-settings.ts';
import type { Places } from '../ingest/resolve-places.ts';
import type { FilePlaces } from './file-places.ts';
import { openAws } from './open-aws.ts';
import { splitS3Place } from './split-s3-place.ts';

/** Keys are told whole, as the functions on AWS tell them: both see the same files as the same deliveries. */
export async function createS3Places({ landing, archive, quarantine, aws }: Places): Promise<FilePlaces> {
  const { s3: client } = await openAws(aws ?? { region: undefined, profile: undefined });
  const { bucket: landingBucket, folder } = splitS3Place(landing);
  const storeIn = (place: string | undefined) =>
    place === undefined ? undefined : new S3FileStore({ client, bucket: splitS3Place(place).bucket, landingBucket });
  return {
    landing: new S3LandingZone({ client, bucket: landingBucket, folder }),
    archive: storeIn(archive),
    quarantine: storeIn(quarantine),
  };
}

/** An archive, to be read: its files with the times of their landing. */
export async function createS3ArchiveReader(place: string, aws: AwsSettings): Promise<LandingZone> {
  const { s3: client } = await openAws(aws);
  return new S3ArchiveZone({ client, ...splitS3Place(place) });
}
