import { createS3Client, readStagedObjects, S3LandingZone, StagedFileWriter } from '@weir/adapters-aws';
import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import type { WorkerOrder } from '../protocol/split.ts';
import type { WorkerPorts } from '../worker/run-worker.ts';

/** What a worker reads from and writes to, as its order names it. */
export function createWorkerPorts({ region, landing, staging, dimensions }: WorkerOrder): WorkerPorts {
  const client = createS3Client({ region });
  const { bucket, prefix } = staging;
  return {
    landing: new S3LandingZone({ client, ...landing }),
    unpacker: new ZlibUnpacker(),
    dimensions: { read: (dimension) => readStagedObjects(client, bucket, dimensions[dimension]) },
    openWriter: (fileNo) => new StagedFileWriter({ client, bucket, prefix, fileNo }),
  };
}
