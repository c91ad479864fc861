import { describe } from '@jest/globals';
import { runLedgerContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { S3RunLedger } from '../src/s3/s3-run-ledger.ts';
import { useSimulatedS3 } from './support/simulated-s3.ts';

const openS3 = useSimulatedS3();

const open = (keepsVersions: boolean) => async () => {
  const s3 = await openS3();
  const bucket = await s3.makeBucket({ keepsVersions });
  return { ledger: new S3RunLedger({ client: s3.client, bucket, prefix: 'some where/' }), close: async () => {} };
};

describe('where the bucket keeps versions', () => {
  runContract(runLedgerContract, 'S3RunLedger', open(true), 120_000);
});

describe('where the bucket keeps no versions', () => {
  runContract(runLedgerContract, 'S3RunLedger', open(false), 120_000);
});
