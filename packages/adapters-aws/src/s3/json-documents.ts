import { randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { PortError } from '@weir/core';
import { retryConflicts } from './retry-conflicts.ts';
import { isMissing, isRefused, placeOf, toS3Fault } from './s3-fault.ts';

/** More writers than this do not overtake one that waits for its answer. */
const MARKS_KEPT = 12;

/** A JSON document as it was read. */
export interface StoredDocument {
  readonly value: unknown;
  /** The ETag and the latest marks; compared by the next write. */
  readonly revision: string;
}

/**
 * JSON documents in a bucket that many write to at once: made only where there is none, replaced only as they were read. Each
 * write has a mark of its own, so that no two have one revision. A document keeps its latest marks, so that a write whose answer
 * was lost is known again, also where others have replaced it meanwhile.
 */
export class JsonDocuments {
  readonly location: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  /** @param prefix what all keys start with; ends with `/` or is empty */
  constructor(client: S3Client, bucket: string, prefix: string) {
    this.location = placeOf(bucket, prefix);
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** @returns undefined where there is none */
  async read(name: string): Promise<StoredDocument | undefined> {
    return this.#guard(name, 'cannot be read', 's3:GetObject and s3:ListBucket', async () => {
      try {
        const answer = await this.#client.send(new GetObjectCommand(this.#place(name)));
        const { marks, value } = this.#parse(name, await answer.Body!.transformToString());
        return { value: nullToUndefined(value), revision: toRevision(answer.ETag!, marks) };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    });
  }

  /** @returns the revision; undefined where somebody else made it */
  async create(name: string, value: unknown): Promise<string | undefined> {
    return this.#put(name, value, { IfNoneMatch: '*' });
  }

  /** @returns the new revision; undefined where it is no longer as it was read, or gone */
  async replace(name: string, value: unknown, revision: string): Promise<string | undefined> {
    const { etag, marks } = readRevision(revision);
    return this.#put(name, value, { IfMatch: etag }, marks);
  }

  /** Deletes it as it was read; where it is another one by now, nothing happens. */
  async delete(name: string, revision: string): Promise<void> {
    const command = new DeleteObjectCommand({ ...this.#place(name), IfMatch: readRevision(revision).etag });
    return this.#guard(name, 'cannot be deleted', 's3:DeleteObject', async () => {
      try {
        await retryConflicts(() => this.#client.send(command));
      } catch (error) {
        if (!isMissing(error) && !isRefused(error)) throw error;
      }
    });
  }

  /** Names of all documents in a folder, with the folder, in no particular order. */
  async names(folder: string): Promise<readonly string[]> {
    const names: string[] = [];
    await this.#guard(folder, 'cannot be listed', 's3:ListBucket', async () => {
      const place = { Bucket: this.#bucket, Prefix: this.#prefix + folder };
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, place)) {
        for (const { Key } of Contents) names.push(Key!.slice(this.#prefix.length));
      }
    });
    return names;
  }

  async #put(
    name: string,
    value: unknown,
    condition: { IfMatch: string } | { IfNoneMatch: string },
    earlier: readonly string[] = [],
  ): Promise<string | undefined> {
    const mark = randomBytes(9).toString('base64url');
    const marks = [mark, ...earlier].slice(0, MARKS_KEPT);
    const command = new PutObjectCommand({
      ...this.#place(name),
      ...condition,
      Body: JSON.stringify({ format: 1, marks, value: undefinedToNull(value) }),
      ContentType: 'application/json',
    });
    return this.#guard(name, 'cannot be written', 's3:PutObject and s3:GetObject', async () => {
      try {
        return toRevision((await retryConflicts(() => this.#client.send(command))).ETag!, marks);
      } catch (error) {
        if (!isMissing(error) && !isRefused(error)) throw error;
      }
      // An earlier try of the very same write may be what is in its way.
      const found = await this.read(name);
      if (found === undefined) return undefined;
      const current = readRevision(found.revision);
      if (current.marks[0] === mark) return found.revision;
      return current.marks.includes(mark) ? toRevision('"replaced"', marks) : undefined;
    });
  }

  #parse(name: string, text: string): { readonly marks: readonly string[]; readonly value: unknown } {
    try {
      const { format, marks, value } = JSON.parse(text);
      if (format === 1 && Array.isArray(marks) && value !== undefined) return { marks, value };
    } catch {
      // Told below.
    }
    throw new PortError({
      code: 'ledger.unreadable',
      message: `${this.location}${name} is no document of a ledger in a form that this version knows.`,
      remedy: 'Delete it where something else has put it there, or use the version of Weir that wrote it.',
      context: { bucket: this.#bucket, key: this.#prefix + name },
    });
  }

  #place(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + name };
  }

  async #guard<Value>(name: string, what: string, permission: string, call: () => Promise<Value>): Promise<Value> {
    return call().catch((error: unknown) => {
      const [bucket, key] = [this.#bucket, this.#prefix + name];
      const told = `${placeOf(bucket, key)} ${what}`;
      throw toS3Fault(error, { code: 'ledger.unreachable', what: told, bucket, key, permission });
    });
  }
}

function toRevision(etag: string, marks: readonly string[]): string {
  return [etag, ...marks].join(' ');
}

function readRevision(revision: string): { readonly etag: string; readonly marks: readonly string[] } {
  const [etag, ...marks] = revision.split(' ');
  return { etag: etag!, marks };
}

/** JSON has no undefined, and the ports know no null. */
function undefinedToNull(value: unknown): unknown {
  return mapLeaves(value, (leaf) => leaf ?? null);
}

function nullToUndefined(value: unknown): unknown {
  return mapLeaves(value, (leaf) => leaf ?? undefined);
}

function mapLeaves(value: unknown, map: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, map));
  if (typeof value !== 'object' || value === null) return map(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapLeaves(item, map)]));
}
