/** The objects of S3 as other services within the simulator reach them: no HTTP, no seeded faults. */
export interface ObjectAccess {
  /** The current version; undefined where there is none or it is a delete marker. */
  read(bucket: string, key: string): Buffer | undefined;
  /** Keys of current versions in the byte order of UTF-8. */
  keysBelow(bucket: string, prefix: string): readonly string[];
  /**
   * Events and all go as with PutObject.
   *
   * @throws ServiceFault `NoSuchBucket`
   */
  write(bucket: string, key: string, body: Uint8Array): void;
  /** Deletes as DeleteObject without a version does. */
  remove(bucket: string, key: string): void;
}
