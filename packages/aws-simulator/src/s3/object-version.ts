import type { Checksum } from './checksums/checksum.ts';

interface AnyVersion {
  readonly key: string;
  /** `null` where the bucket gave none. */
  readonly versionId: string;
  /** Whole seconds, as S3 keeps it. */
  readonly lastModified: Date;
  /** Grows within a key; to be compared after the shorter of two is padded with zeros on the right. */
  readonly sequencer: string;
}

export interface StoredObject extends AnyVersion {
  readonly kind: 'object';
  readonly body: Buffer;
  /** Without its quotes. MD5 of the body only where the body was put as a whole and no key of KMS encrypts it. */
  readonly etag: string;
  readonly encryption: 'AES256' | 'aws:kms';
  /** Undefined where the client sent none: S3 makes one of its own then, see `checksumFor`. */
  readonly checksum: Checksum | undefined;
  /** Names in lower case, as they are sent back: `content-type`, `x-amz-meta-day`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface DeleteMarker extends AnyVersion {
  readonly kind: 'marker';
}

export type ObjectVersion = StoredObject | DeleteMarker;

/** What S3 calls the operation that made an object. */
export type CreationReason = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';
