import { randomBytes } from 'node:crypto';
import { ServiceFault } from '../server/service.ts';
import { Bucket } from './bucket.ts';
import { type Checksum, md5Hex } from './checksums/checksum.ts';
import type { CreationReason, DeleteMarker, ObjectVersion, StoredObject } from './object-version.ts';
import { Sequencer } from './sequencer.ts';

/** What happened to an object, for notifications. */
export type StoreChange =
  | {
      readonly kind: 'created';
      readonly bucket: Bucket;
      readonly version: StoredObject;
      readonly reason: CreationReason;
    }
  | { readonly kind: 'deleted'; readonly bucket: Bucket; readonly version: ObjectVersion };

export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly checksum?: Checksum | undefined;
  /** That of the bucket where it is left out. */
  readonly encryption?: StoredObject['encryption'];
  /** MD5 of the body where it is left out, or anything where a key of KMS encrypts it. */
  readonly etag?: string;
  /** Now where it is left out. */
  readonly modifiedAt?: Date;
}

export interface Deletion {
  /** What was removed, or the delete marker that was set; undefined where there was nothing to do. */
  readonly version: ObjectVersion | undefined;
}

/** Buckets and what is in them. Bodies are kept in memory. */
export class S3Store {
  private readonly buckets = new Map<string, Bucket>();
  private readonly sequencer = new Sequencer();
  private readonly now: () => Date;
  private readonly onChange: (change: StoreChange, requestId: string) => void;

  constructor(now: () => Date, onChange: (change: StoreChange, requestId: string) => void) {
    this.now = now;
    this.onChange = onChange;
  }

  names(): readonly string[] {
    return [...this.buckets.keys()].sort();
  }

  /** @throws ServiceFault `BucketAlreadyOwnedByYou` */
  create(name: string): Bucket {
    if (this.buckets.has(name)) {
      throw new ServiceFault(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
      );
    }
    const bucket = new Bucket(name, this.now());
    this.buckets.set(name, bucket);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  /** @throws ServiceFault `NoSuchBucket` */
  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket) return bucket;
    throw new ServiceFault('NoSuchBucket', 'The specified bucket does not exist', 404, {
      fields: { BucketName: name },
    });
  }

  /** @throws ServiceFault `NoSuchBucket`, `BucketNotEmpty` */
  drop(name: string): void {
    if (!this.bucket(name).isEmpty) {
      throw new ServiceFault('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.buckets.delete(name);
  }

  put(bucket: Bucket, object: NewObject, reason: CreationReason, requestId: string): StoredObject {
    const { key, body, headers = {}, checksum, encryption = bucket.encryption } = object;
    const version: StoredObject = {
      kind: 'object',
      key,
      body,
      headers,
      checksum,
      etag: object.etag ?? (encryption === 'aws:kms' ? randomBytes(16).toString('hex') : md5Hex(body)),
      encryption,
      ...this.stamp(bucket, object.modifiedAt),
    };
    bucket.add(version);
    this.onChange({ kind: 'created', bucket, version, reason }, requestId);
    return version;
  }

  /** Without a version: a delete marker where the bucket has versions, else the object goes. With one: that version goes. */
  delete(bucket: Bucket, key: string, versionId: string | undefined, requestId: string): Deletion {
    const version = versionId === undefined ? this.hide(bucket, key) : bucket.remove(key, versionId);
    if (version !== undefined) this.onChange({ kind: 'deleted', bucket, version }, requestId);
    return { version };
  }

  private hide(bucket: Bucket, key: string): ObjectVersion | undefined {
    if (bucket.versioning === 'Unversioned') return bucket.remove(key, 'null');
    const marker: DeleteMarker = { kind: 'marker', key, ...this.stamp(bucket) };
    bucket.add(marker);
    return marker;
  }

  private stamp(bucket: Bucket, at = this.now()): Pick<ObjectVersion, 'versionId' | 'lastModified' | 'sequencer'> {
    return {
      versionId: bucket.nextVersionId(),
      lastModified: new Date(Math.floor(at.getTime() / 1000) * 1000),
      sequencer: this.sequencer.next(this.now()),
    };
  }
}
