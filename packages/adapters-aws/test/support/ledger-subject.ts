import type { S3Client } from '@aws-sdk/client-s3';
import { type LandedFile, parsePolicy, type RunEntry, type RunFields, type RunPlan } from '@weir/core';
import { S3RunLedger } from '../../src/s3/s3-run-ledger.ts';
import { type SimulatedS3, useSimulatedS3 } from './simulated-s3.ts';

/** An empty ledger under `ledger/` of a bucket of its own. */
export interface LedgerSubject {
  readonly s3: SimulatedS3;
  readonly bucket: string;
  readonly ledger: S3RunLedger;
  /** Another one on the same bucket. */
  openLedger(client?: S3Client): S3RunLedger;
  plan(runId: string): Promise<RunEntry>;
  /** The connection is lost at the n-th call of an operation, before S3 has seen it or after. */
  fail(operation: string, when: 'before' | 'after', call?: number): { readonly hasFired: boolean };
}

/** For the tests of one file. */
export function useLedgerSubject(): () => Promise<LedgerSubject> {
  const openS3 = useSimulatedS3();
  return async () => {
    const s3 = await openS3();
    const bucket = await s3.makeBucket({ keepsVersions: false });
    const openLedger = (client = s3.client) => new S3RunLedger({ client, bucket, prefix: 'ledger/' });
    const ledger = openLedger();
    return {
      s3,
      bucket,
      ledger,
      openLedger,
      plan: async (runId) => (await ledger.plan(planOf(runId))).entry,
      fail: (operation, when, call = 1) =>
        s3.simulator.injectFault({ service: 'S3', operation, call, when, as: 'reset' }),
    };
  };
}

export function file(key: string): LandedFile {
  return { key, size: 1, modifiedAt: 0, version: 'v:1' };
}

export function planOf(runId: string, files = [file('a.csv')]): RunPlan {
  return { runId, plannedAt: 1, policy: parsePolicy({}), files };
}

/** Something else in the entry, which nobody asks about here. */
export function touch(entry: RunEntry, settledAt: number): RunFields {
  return { ...entry, settledAt };
}
