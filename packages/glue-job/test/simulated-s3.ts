import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { S3LandingZone } from '@weir/adapters-aws';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import type { LandedFile } from '@weir/core';

/** The buckets of a run in a simulator of its own: what workers read and write, seen from outside. */
export class SimulatedS3 {
  readonly simulator: AwsSimulator;
  readonly client: S3Client;
  readonly landing: S3LandingZone;

  private constructor(simulator: AwsSimulator) {
    this.simulator = simulator;
    this.client = new S3Client(simulator.clientConfig);
    this.landing = new S3LandingZone({ client: this.client, bucket: 'weir-landing', folder: 'transactions/' });
  }

  static async open(): Promise<SimulatedS3> {
    const s3 = new SimulatedS3(await startAwsSimulator());
    for (const Bucket of ['weir-landing', 'weir-staging']) await s3.client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.client.send(new PutBucketVersioningCommand({ Bucket: 'weir-landing', VersioningConfiguration }));
    return s3;
  }

  async put(key: string, content: string | Uint8Array): Promise<LandedFile> {
    const Body = typeof content === 'string' ? Buffer.from(content) : content;
    await this.client.send(new PutObjectCommand({ Bucket: 'weir-landing', Key: key, Body }));
    return (await this.landing.find(key))!;
  }

  /** Takes the very version away. */
  async remove({ key, version }: LandedFile): Promise<void> {
    const VersionId = version.slice('v:'.length);
    await this.client.send(new DeleteObjectCommand({ Bucket: 'weir-landing', Key: key, VersionId }));
  }

  /** As an UNLOAD leaves a dimension: packed lines of staged text. */
  async snapshot(key: string, text: string): Promise<string> {
    const Body = zstdCompressSync(Buffer.from(text));
    await this.client.send(new PutObjectCommand({ Bucket: 'weir-staging', Key: key, Body }));
    return key;
  }

  /** The keys of the staging bucket below a prefix. */
  async stagedKeys(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: 'weir-staging', Prefix: prefix }),
    );
    return Contents.map(({ Key }) => Key!);
  }

  /** The bytes of a staged object. */
  async staged(key: string): Promise<Uint8Array> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: 'weir-staging', Key: key }));
    return Body!.transformToByteArray();
  }

  async stagedText(keys: readonly string[]): Promise<Uint8Array> {
    const texts: Uint8Array[] = [];
    for (const key of keys) texts.push(zstdDecompressSync(await this.staged(key)));
    return Buffer.concat(texts);
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.simulator.close();
  }
}
