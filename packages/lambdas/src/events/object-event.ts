/** What a message of S3 tells about one object. */
export type ObjectEvent =
  | { readonly kind: 'created'; readonly object: CreatedObject }
  /** Nothing to do, and why: other events of the bucket, or S3's trial of the connection. */
  | { readonly kind: 'ignored'; readonly reason: string };

/** One version of an object, as it was written. */
export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  /** Undefined where the bucket keeps no versions. */
  readonly versionId: string | undefined;
  /** Without quotes. */
  readonly etag: string | undefined;
  /** Orders the events of one key, see `compareSequencers`. */
  readonly sequencer: string | undefined;
}

/** A message that holds no event of S3: delivering it again will not mend it. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';
}
