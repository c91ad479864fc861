import { describe } from '@jest/globals';
import { fileStoreContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { S3FileStore } from '../src/s3/s3-file-store.ts';
import { S3LandingZone } from '../src/s3/s3-landing-zone.ts';
import { useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();

const open = (keepsVersions: boolean) => async () => {
  const s3 = await openS3();
  const { client } = s3;
  const landingBucket = await s3.makeBucket({ keepsVersions });
  const bucket = await s3.makeBucket({ keepsVersions });
  const landing = new S3LandingZone({ client, bucket: landingBucket });
  return {
    store: new S3FileStore({ client, bucket, landingBucket }),
    keepsVersions,
    land: async (key: string, content: string | Uint8Array) => {
      await s3.put(landingBucket, key, content);
      return (await landing.find(key))!;
    },
    landed: (key: string) => s3.get(landingBucket, key),
    unland: (key: string) => s3.remove(landingBucket, key),
    putStored: (path: string, content: string | Uint8Array) => s3.put(bucket, path, content),
    stored: () => s3.contents(bucket),
    close: async () => {},
  };
};

describe('where the buckets keep versions', () => {
  runContract(fileStoreContract, 'S3FileStore', open(true), 120_000);
});

describe('where the buckets keep no versions', () => {
  runContract(fileStoreContract, 'S3FileStore', open(false), 120_000);
});
