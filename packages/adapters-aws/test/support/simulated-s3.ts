import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll } from '@jest/globals';
import { type AwsSimulator, type AwsSimulatorOptions, startAwsSimulator } from '@weir/aws-simulator';
import { inThisRealm } from './in-this-realm.ts';

/** S3 for the tests of one file, with a client of the SDK. */
export interface SimulatedS3 {
  readonly simulator: AwsSimulator;
  readonly client: S3Client;
  /** Makes a bucket of a name that no other test has. */
  makeBucket(options: { readonly keepsVersions: boolean }): Promise<string>;
  /** A client with other settings. */
  openClient(config: S3ClientConfig): S3Client;
  put(bucket: string, key: string, content: string | Uint8Array): Promise<void>;
  /** What is there in its newest version. */
  get(bucket: string, key: string): Promise<Buffer | undefined>;
  /** By a delete marker, where the bucket keeps versions. */
  remove(bucket: string, key: string): Promise<void>;
  /** All keys with their newest content. */
  contents(bucket: string): Promise<ReadonlyMap<string, Buffer>>;
  /** When S3 says that it was put. */
  modifiedAt(bucket: string, key: string): Promise<number>;
}

/** Starts it at the first call, and ends it after the last test of the file. */
export function useSimulatedS3(options: AwsSimulatorOptions = {}): () => Promise<SimulatedS3> {
  let started: Promise<SimulatedS3> | undefined;
  afterAll(async () => {
    const s3 = await started;
    s3?.client.destroy();
    await s3?.simulator.close();
  });
  return () => {
    started ??= startAwsSimulator(options).then(toSimulatedS3);
    return started;
  };
}

/** For a simulator that a test starts by itself. */
export function toSimulatedS3(simulator: AwsSimulator): SimulatedS3 {
  const openClient = (config: S3ClientConfig) => inThisRealm(new S3Client({ ...simulator.clientConfig, ...config }));
  const client = openClient({});
  let buckets = 0;

  const get = async (bucket: string, key: string) => {
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from(await answer.Body!.transformToByteArray());
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  };

  return {
    simulator,
    client,
    openClient,
    get,
    makeBucket: async ({ keepsVersions }) => {
      const Bucket = `weir-test-${++buckets}`;
      await client.send(new CreateBucketCommand({ Bucket })).catch((error: Error) => {
        // The answer to an earlier call was lost.
        if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
      });
      if (keepsVersions) {
        const VersioningConfiguration = { Status: 'Enabled' as const };
        await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
      }
      return Bucket;
    },
    put: async (Bucket, Key, content) => {
      const Body = Buffer.from(content as string);
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Body.length }));
    },
    remove: async (Bucket, Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    contents: async (Bucket) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      const all = Contents.map(async ({ Key }) => [Key!, (await get(Bucket, Key!))!] as const);
      return new Map(await Promise.all(all));
    },
    modifiedAt: async (Bucket, Key) =>
      (await client.send(new HeadObjectCommand({ Bucket, Key }))).LastModified!.getTime(),
  };
}
