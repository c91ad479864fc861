import { pendingReplayContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { S3PendingReplay } from '../src/s3/s3-pending-replay.ts';
import { useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();

const open = async () => {
  const s3 = await openS3();
  const bucket = await s3.makeBucket({ keepsVersions: false });
  return { pending: new S3PendingReplay({ client: s3.client, bucket, prefix: 'some where/' }), close: async () => {} };
};

runContract(pendingReplayContract, 'S3PendingReplay', open, 60_000);
