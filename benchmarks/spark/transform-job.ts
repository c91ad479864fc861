/**
 * Stands in the place of the deployed job.mjs and does its part that PySpark does too: splits go to the workers, what they staged
 * is checked and taken over. Plan, lease, snapshot of the dimensions and commit are left out.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createS3Client, RedshiftStage } from '../../packages/adapters-aws/src/index.ts';
import { type DeliveryToRead, parsePolicy } from '../../packages/core/src/index.ts';
import { JobChannel } from '../../packages/glue-job/src/job/job-channel.ts';
import type { WorkerOrder } from '../../packages/glue-job/src/protocol/split.ts';
import { DriverWorkers } from '../../packages/glue-job/src/transform/driver-workers.ts';
import { PipedTransformer } from '../../packages/glue-job/src/transform/piped-transformer.ts';

/** What `--weir-config` holds here. */
export interface TransformWork {
  readonly places: Pick<WorkerOrder, 'region' | 'landing' | 'staging'>;
  readonly dimensions: WorkerOrder['dimensions'];
  readonly deliveries: readonly DeliveryToRead[];
}

const { values } = parseArgs({
  strict: false,
  options: { 'weir-config': { type: 'string' }, parallelism: { type: 'string' } },
});
const { places, dimensions, deliveries } = JSON.parse(String(values['weir-config'])) as TransformWork;
const channel = new JobChannel(createInterface({ input: process.stdin }), (line) => process.stdout.write(line));
const transformer = new PipedTransformer({
  workers: new DriverWorkers(channel, Number(values.parallelism)),
  places,
  snapshotDimensions: async () => dimensions,
  openStage: async () => {
    const client = createS3Client(places);
    const place = { client, bucket: places.staging.bucket, region: places.region, copyRoleArn: '' };
    // Nothing is committed, so nobody asks the warehouse.
    return new RedshiftStage(undefined as never, place, places.staging.prefix);
  },
});
const { stage } = await transformer.transform({ runId: 'bench', policy: parsePolicy(), deliveries });
await stage?.close();
channel.send({ kind: 'end', outcome: 'committed', message: 'All is staged.' });
process.exit(0);
