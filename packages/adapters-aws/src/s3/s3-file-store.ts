import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FileStore, keyWithHash, type LandedFile, PortError, type TakeOutcome } from '@weir/core';
import { type CopyLimits, copyVersion, S3_COPY_LIMITS } from './copy-version.ts';
import { hashObject, headObject } from './hash-object.ts';
import { isWrittenOver, namedVersion, readStack, type StackedVersion } from './landed-stack.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { isMissing, isRefused, placeOf, toS3Fault } from './s3-fault.ts';

export interface S3FileStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** Another bucket than this one, else what is taken away would come back as landed. */
  readonly landingBucket: string;
  readonly limits?: CopyLimits;
}

/**
 * An archive or a quarantine in a bucket. S3 copies the version itself, under a condition that overwrites nothing; size and
 * SHA-256 of the copy are compared with what was committed; only then exactly that version is deleted where it was landed.
 */
export class S3FileStore implements FileStore {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #landingBucket: string;
  readonly #limits: CopyLimits;

  /** @throws PortError `archive.overlaps-landing` */
  constructor({ client, bucket, landingBucket, limits }: S3FileStoreOptions) {
    if (bucket === landingBucket) throw toOverlap(bucket);
    this.location = `s3://${bucket}`;
    this.#client = client;
    this.#bucket = bucket;
    this.#landingBucket = landingBucket;
    this.#limits = limits ?? S3_COPY_LIMITS;
  }

  async take(file: LandedFile, contentHash: string): Promise<TakeOutcome> {
    const names = [file.key, keyWithHash(file.key, contentHash)];
    let look = await this.#look(file);
    if (look.listed !== undefined) {
      const storedAs =
        (await this.#findStored(names, file.size, contentHash)) ?? (await this.#store(look.listed, names, contentHash));
      if (storedAs !== undefined) return this.#removeLanded(look.listed, storedAs);
      look = await this.#look(file);
      if (look.listed !== undefined) throw this.#toRestless(file);
    }
    // Only now that it is gone: whoever took it away may have brought it here just before.
    const storedAs = await this.#findStored(names, file.size, contentHash);
    if (look.isReplaced) return { kind: 'source-changed', storedAs };
    return storedAs === undefined ? { kind: 'source-missing' } : { kind: 'moved', storedAs };
  }

  async #look(file: LandedFile): Promise<{ listed: StackedVersion | undefined; isReplaced: boolean }> {
    const stack = await this.#read(this.#landingBucket, file.key, 's3:ListBucketVersions', () =>
      readStack(this.#client, this.#landingBucket, file.key),
    );
    const listed = stack.find(({ file: { version } }) => version === file.version);
    return { listed, isReplaced: listed === undefined && isWrittenOver(file, stack) };
  }

  /** The name under which the very bytes lie here already. */
  async #findStored(names: readonly string[], size: number, contentHash: string): Promise<string | undefined> {
    for (const name of names) {
      if ((await this.#compare(name, size, contentHash)) === 'same') return name;
    }
    return undefined;
  }

  async #compare(name: string, size: number, contentHash: string): Promise<'same' | 'other' | 'none'> {
    return this.#read(this.#bucket, name, 's3:GetObject and s3:ListBucket', async () => {
      const stored = await headObject(this.#client, this.#bucket, name);
      if (stored === undefined) return 'none';
      if (stored.size !== size) return 'other';
      const isSame = (await hashObject(this.#client, this.#bucket, name, stored)) === contentHash;
      return isSame ? 'same' : 'other';
    });
  }

  /** Copies the version in; undefined where it is no longer in the landing place. */
  async #store(source: StackedVersion, names: readonly string[], contentHash: string): Promise<string | undefined> {
    const { file } = source;
    for (const name of names) {
      const copy = await this.#copy(source, name);
      const found = await this.#compare(name, file.size, contentHash);
      if (found === 'same') return name;
      if (copy !== undefined && found === 'other') {
        await this.#removeCopy(name, copy.versionId);
        throw this.#toMismatch(file, contentHash);
      }
      if (found === 'none') return undefined;
    }
    throw new PortError({
      code: 'archive.write-failed',
      message: `${file.key} cannot be stored in ${this.location}: ${names.join(' and ')} are taken by other content.`,
      remedy: 'Move what lies there to another place.',
      context: { key: file.key, bucket: this.#bucket, contentHash },
    });
  }

  /** Undefined where nothing was written: the name is taken, or the source is gone. */
  async #copy(source: StackedVersion, name: string): Promise<{ readonly versionId: string | undefined } | undefined> {
    const [from, to] = [
      { bucket: this.#landingBucket, version: source },
      { bucket: this.#bucket, key: name },
    ];
    try {
      return { versionId: await copyVersion(this.#client, { from, to, limits: this.#limits }) };
    } catch (error) {
      if (isRefused(error) || isMissing(error)) return undefined;
      const what = `${placeOf(from.bucket, source.file.key)} cannot be copied to ${placeOf(to.bucket, to.key)}`;
      const permission = `s3:GetObjectVersion and s3:GetObjectVersionTagging in ${from.bucket}, s3:PutObject in ${to.bucket}`;
      throw toS3Fault(error, { code: 'archive.write-failed', what, ...to, permission });
    }
  }

  /** Deletes what this call wrote and found wrong. */
  async #removeCopy(name: string, versionId: string | undefined): Promise<void> {
    const place = { Bucket: this.#bucket, Key: name };
    const version = versionId === undefined ? {} : { VersionId: versionId };
    await this.#write(this.#bucket, name, `The wrong copy ${placeOf(this.#bucket, name)} cannot be deleted`, () =>
      this.#client.send(new DeleteObjectCommand({ ...place, ...version })),
    );
  }

  async #removeLanded(source: StackedVersion, storedAs: string): Promise<TakeOutcome> {
    const { file, etag } = source;
    const versionId = namedVersion(source);
    // By its id where it has one, else under the condition that it is still what was copied.
    const version = versionId === undefined ? { IfMatch: etag } : { VersionId: versionId };
    const place = { Bucket: this.#landingBucket, Key: file.key };
    const what = `${placeOf(this.#landingBucket, file.key)} was stored in ${this.location}, but cannot be deleted`;
    return this.#write(this.#landingBucket, file.key, what, async () => {
      try {
        await retryConflicts(() => this.#client.send(new DeleteObjectCommand({ ...place, ...version })));
      } catch (error) {
        if (isRefused(error)) return { kind: 'source-changed', storedAs };
        if (!isMissing(error)) throw error;
      }
      return { kind: 'moved', storedAs };
    });
  }

  async #read<Value>(bucket: string, key: string, permission: string, call: () => Promise<Value>): Promise<Value> {
    return call().catch((error: unknown) => {
      const what = `${placeOf(bucket, key)} cannot be read`;
      throw toS3Fault(error, { code: 'archive.unreadable', what, bucket, key, permission });
    });
  }

  async #write<Value>(bucket: string, key: string, what: string, call: () => Promise<Value>): Promise<Value> {
    return call().catch((error: unknown) => {
      const permission = 's3:DeleteObject and s3:DeleteObjectVersion';
      throw toS3Fault(error, { code: 'archive.write-failed', what, bucket, key, permission });
    });
  }

  #toMismatch(file: LandedFile, contentHash: string): PortError {
    const place = placeOf(this.#landingBucket, file.key);
    return new PortError({
      code: 'archive.unreadable',
      message: `${place} (version ${file.version}) has not the content that was committed; it stays where it is.`,
      remedy: 'Compare it with what the shop has sent, and land it again.',
      context: { bucket: this.#landingBucket, key: file.key, version: file.version, contentHash },
    });
  }

  #toRestless({ key, version }: LandedFile): PortError {
    const place = placeOf(this.#landingBucket, key);
    return new PortError({
      code: 'archive.unreadable',
      message: `${place} (version ${version}) could not be found when it was copied, but is listed; it stays where it is.`,
      remedy: 'Try again.',
      retryable: true,
      context: { bucket: this.#landingBucket, key, version },
    });
  }
}

function toOverlap(bucket: string): PortError {
  return new PortError({
    code: 'archive.overlaps-landing',
    message: `s3://${bucket} is the landing bucket, so nothing can be taken away to it: it would be landed again.`,
    remedy: 'Name another bucket.',
    context: { bucket },
  });
}
