import { randomBytes } from 'node:crypto';
import type { ObjectVersion } from './object-version.ts';

/** A bucket never leaves `Enabled` but for `Suspended`. */
export type Versioning = 'Unversioned' | 'Enabled' | 'Suspended';

export class Bucket {
  readonly name: string;
  readonly createdAt: Date;
  versioning: Versioning = 'Unversioned';
  /** With a key of KMS the ETag of an object is no MD5 of it. */
  encryption: 'AES256' | 'aws:kms' = 'AES256';
  /** Newest first; no key has an empty list. */
  private readonly versionsOf = new Map<string, ObjectVersion[]>();
  private sortedKeys: readonly string[] | undefined;

  constructor(name: string, createdAt: Date) {
    this.name = name;
    this.createdAt = createdAt;
  }

  get isEmpty(): boolean {
    return this.versionsOf.size === 0;
  }

  /** In the byte order of UTF-8, those that have only delete markers included. */
  keys(): readonly string[] {
    this.sortedKeys ??= [...this.versionsOf.keys()]
      .map((key) => ({ key, order: Buffer.from(key) }))
      .sort((a, b) => Buffer.compare(a.order, b.order))
      .map(({ key }) => key);
    return this.sortedKeys;
  }

  /** Newest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.versionsOf.get(key) ?? [];
  }

  current(key: string): ObjectVersion | undefined {
    return this.versionsOf.get(key)?.[0];
  }

  find(key: string, versionId: string): ObjectVersion | undefined {
    return this.versions(key).find((version) => version.versionId === versionId);
  }

  /** What the next version of any key is called. */
  nextVersionId(): string {
    return this.versioning === 'Enabled' ? randomBytes(24).toString('base64url').replaceAll('-', '.') : 'null';
  }

  /** Becomes the current version; a version `null` takes the place of the one before. */
  add(version: ObjectVersion): void {
    const { key, versionId } = version;
    const rest = this.versions(key).filter((other) => other.versionId !== versionId);
    if (!this.versionsOf.has(key)) this.sortedKeys = undefined;
    this.versionsOf.set(key, [version, ...rest]);
  }

  /** @returns what was there */
  remove(key: string, versionId: string): ObjectVersion | undefined {
    const removed = this.find(key, versionId);
    const rest = this.versions(key).filter((version) => version !== removed);
    if (rest.length > 0) this.versionsOf.set(key, rest);
    else if (this.versionsOf.delete(key)) this.sortedKeys = undefined;
    return removed;
  }
}
