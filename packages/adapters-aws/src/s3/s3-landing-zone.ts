import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { type LandedContent, type LandedFile, type LandingZone, PortError } from '@weir/core';
import { codeOf } from '../faults/describe-service-fault.ts';
import {
  isLandedKey,
  isWrittenOver,
  namedVersion,
  readOldest,
  readStack,
  type StackedVersion,
} from './landed-stack.ts';
import { isMissing, isRefused, placeOf, toS3Fault } from './s3-fault.ts';
import { type OpenObject, streamObject } from './stream-object.ts';

export interface S3LandingZoneOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Only keys that start with it are files of the landing place, `transactions/`; all where it is left out. */
  readonly folder?: string;
}

/**
 * A bucket into which files are put. Where it keeps versions, each version is a delivery. A delete marker takes away
 * everything below it.
 */
export class S3LandingZone implements LandingZone {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #folder: string;

  constructor({ client, bucket, folder = '' }: S3LandingZoneOptions) {
    this.location = placeOf(bucket, folder);
    this.#client = client;
    this.#bucket = bucket;
    this.#folder = folder;
  }

  async *list(): AsyncIterable<readonly LandedFile[]> {
    try {
      for await (const page of readOldest(this.#client, this.#bucket, this.#folder)) {
        if (page.length > 0) yield page.map(({ file }) => file);
      }
    } catch (error) {
      throw this.#toListFault(error, `${this.location} cannot be listed`);
    }
  }

  async find(key: string, version?: string): Promise<LandedFile | undefined> {
    if (!isLandedKey(key, this.#folder)) return undefined;
    return (await this.#readStack(key)).find(({ file }) => version === undefined || file.version === version)?.file;
  }

  async open(file: LandedFile): Promise<LandedContent> {
    const stack = isLandedKey(file.key, this.#folder) ? await this.#readStack(file.key) : [];
    const found = stack.find(({ file: { version } }) => version === file.version);
    if (found === undefined) throw this.#toGone(file, stack);
    const object = { bucket: this.#bucket, key: file.key, etag: found.etag, versionId: namedVersion(found) };
    const opened = await this.#guard(file, () => streamObject(this.#client, object));
    return this.#stream(file, opened);
  }

  #stream(file: LandedFile, object: OpenObject): LandedContent {
    const hash = createHash('sha256');
    let contentHash: string | undefined;
    const guard = <Value>(call: () => Promise<Value>) => this.#guard(file, call);
    const readChunks = async function* () {
      const chunks = object.chunks[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await guard(() => chunks.next());
          if (next.done === true) break;
          hash.update(next.value);
          yield next.value;
        }
        contentHash = `sha256:${hash.digest('hex')}`;
      } finally {
        object.close();
      }
    };
    return {
      chunks: readChunks(),
      contentHash: () => {
        if (contentHash !== undefined) return contentHash;
        throw new Error(`${placeOf(this.#bucket, file.key)} was not read to its end, so it has no hash yet.`);
      },
      close: async () => object.close(),
    };
  }

  async #guard<Value>(file: LandedFile, call: () => Promise<Value>): Promise<Value> {
    try {
      return await call();
    } catch (error) {
      if (isMissing(error)) throw this.#toGone(file, []);
      if (isRefused(error)) throw this.#toChanged(file);
      throw this.#toReadFault(error, file.key);
    }
  }

  async #readStack(key: string): Promise<readonly StackedVersion[]> {
    return readStack(this.#client, this.#bucket, key).catch((error: unknown) => {
      throw this.#toListFault(error, `The versions of ${placeOf(this.#bucket, key)} cannot be listed`, key);
    });
  }

  #toGone(file: LandedFile, stack: readonly StackedVersion[]): PortError {
    if (isWrittenOver(file, stack)) return this.#toChanged(file);
    return this.#toMoved('landing.not-found', file, 'was removed after it was listed');
  }

  #toChanged(file: LandedFile): PortError {
    return this.#toMoved(
      'landing.changed',
      file,
      'was replaced after it was listed; the next run takes up the new one',
    );
  }

  #toMoved(code: string, { key, version }: LandedFile, what: string): PortError {
    const message = `${placeOf(this.#bucket, key)} (version ${version}) ${what}.`;
    return new PortError({ code, message, retryable: true, context: { bucket: this.#bucket, key, version } });
  }

  #toListFault(error: unknown, what: string, key?: string): PortError {
    const isGone = key === undefined && codeOf(error) === 'NoSuchBucket';
    const code = isGone ? 'landing.not-found' : 'landing.unreadable';
    return toS3Fault(error, { code, what, bucket: this.#bucket, key, permission: 's3:ListBucketVersions' });
  }

  #toReadFault(error: unknown, key: string): PortError {
    const what = `${placeOf(this.#bucket, key)} cannot be read`;
    const permission = 's3:GetObject and s3:GetObjectVersion';
    return toS3Fault(error, { code: 'landing.unreadable', what, bucket: this.#bucket, key, permission });
  }
}
