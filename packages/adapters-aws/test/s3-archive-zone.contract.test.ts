import { landingZoneContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { S3ArchiveZone } from '../src/s3/s3-archive-zone.ts';
import { useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();

runContract(
  landingZoneContract,
  'S3ArchiveZone',
  async () => {
    const s3 = await openS3();
    const bucket = await s3.makeBucket({ keepsVersions: false });
    return {
      landing: new S3ArchiveZone({ client: s3.client, bucket }),
      put: async (key: string, content: string | Uint8Array, modifiedAt?: number) => {
        s3.simulator.putObjectAt(bucket, key, content, new Date(modifiedAt ?? Date.now()));
        return s3.modifiedAt(bucket, key);
      },
      remove: (key: string) => s3.remove(bucket, key),
      close: async () => {},
    };
  },
  120_000,
);
