import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type LandedContent, type LandedFile, type LandingZone, mapConcurrently } from '@weir/core';
import { LANDED_AT } from './copy-version.ts';
import { etagOf } from './landed-version.ts';
import { isMissing, isRefused, placeOf, toS3Fault } from './s3-fault.ts';
import { S3LandingZone, type S3LandingZoneOptions } from './s3-landing-zone.ts';

const CALLS_AT_ONCE = 16;

/**
 * The bucket of an archive, read as a landing place. The times of its files are those of their landing: S3 gives a copy a time of
 * its own, so `S3FileStore` leaves the first one in the metadata. Asking for it is a call a file, some at once.
 */
export class S3ArchiveZone implements LandingZone {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #zone: S3LandingZone;

  constructor(options: S3LandingZoneOptions) {
    this.#client = options.client;
    this.#bucket = options.bucket;
    this.#zone = new S3LandingZone(options);
    this.location = this.#zone.location;
  }

  async *list(): AsyncIterable<readonly LandedFile[]> {
    for await (const page of this.#zone.list()) {
      yield await mapConcurrently(page, CALLS_AT_ONCE, (file) => this.#asLanded(file));
    }
  }

  async find(key: string, version?: string): Promise<LandedFile | undefined> {
    const file = await this.#zone.find(key, version);
    return file === undefined ? undefined : this.#asLanded(file);
  }

  open(file: LandedFile): Promise<LandedContent> {
    return this.#zone.open(file);
  }

  async #asLanded(file: LandedFile): Promise<LandedFile> {
    const landedAt = Date.parse((await this.#readMetadata(file))?.[LANDED_AT] ?? '');
    // What somebody put there by other means has the time of S3.
    return Number.isNaN(landedAt) ? file : { ...file, modifiedAt: landedAt };
  }

  async #readMetadata({ key, version }: LandedFile): Promise<Record<string, string> | undefined> {
    const etag = etagOf(version);
    const condition = etag === undefined ? { VersionId: version.slice('v:'.length) } : { IfMatch: etag };
    const object = { Bucket: this.#bucket, Key: key, ...condition };
    try {
      return (await this.#client.send(new HeadObjectCommand(object))).Metadata;
    } catch (error) {
      // Gone since it was listed: whoever opens it is told.
      if (isMissing(error) || isRefused(error)) return undefined;
      const what = `${placeOf(this.#bucket, key)} cannot be read`;
      const permission = 's3:GetObject and s3:GetObjectVersion';
      throw toS3Fault(error, { code: 'landing.unreadable', what, bucket: this.#bucket, key, permission });
    }
  }
}
