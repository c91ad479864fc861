import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe } from '@jest/globals';
import { landingZoneContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();

const open = (keepsVersions: boolean) => async () => {
  const s3 = await openS3();
  const bucket = await s3.makeBucket({ keepsVersions });
  return {
    landing: new S3LandingZone({ client: s3.client, bucket }),
    put: async (key: string, content: string | Uint8Array, modifiedAt?: number) => {
      s3.simulator.putObjectAt(bucket, key, content, new Date(modifiedAt ?? Date.now()));
      return s3.modifiedAt(bucket, key);
    },
    remove: (key: string) => s3.remove(bucket, key),
    ...(keepsVersions
      ? {
          takeVersion: async ({ key, version }: { key: string; version: string }) => {
            const VersionId = version.slice('v:'.length);
            await s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId }));
          },
        }
      : {}),
    close: async () => {},
  };
};

describe('where the bucket keeps versions', () => {
  runContract(landingZoneContract, 'S3LandingZone', open(true), 120_000);
});

describe('where the bucket keeps no versions', () => {
  runContract(landingZoneContract, 'S3LandingZone', open(false), 120_000);
});
