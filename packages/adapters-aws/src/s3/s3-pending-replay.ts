import type { S3Client } from '@aws-sdk/client-s3';
import type { DueReplay, PendingReplay, RejectPlace } from '@weir/core';
import { JsonDocuments } from './json-documents.ts';

export interface S3PendingReplayOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** What its key starts with, `ledger/`. */
  readonly prefix?: string;
}

const NAME = 'pending-replay.json';

/** One document beside the ledger, which is there as long as something is due. */
export class S3PendingReplay implements PendingReplay {
  readonly #documents: JsonDocuments;

  constructor({ client, bucket, prefix = '' }: S3PendingReplayOptions) {
    this.#documents = new JsonDocuments(client, bucket, prefix);
  }

  async demand(): Promise<void> {
    const all = { after: undefined };
    for (;;) {
      const found = await this.#documents.read(NAME);
      const revision =
        found === undefined
          ? await this.#documents.create(NAME, all)
          : await this.#documents.replace(NAME, all, found.revision);
      if (revision !== undefined) return;
    }
  }

  async read(): Promise<DueReplay | undefined> {
    const found = await this.#documents.read(NAME);
    return found === undefined ? undefined : { ...(found.value as Pick<DueReplay, 'after'>), revision: found.revision };
  }

  async advance({ revision }: DueReplay, { key, contentHash, line }: RejectPlace): Promise<DueReplay | undefined> {
    const after = { key, contentHash, line };
    const renewed = await this.#documents.replace(NAME, { after }, revision);
    return renewed === undefined ? undefined : { after, revision: renewed };
  }

  async complete({ revision }: DueReplay): Promise<void> {
    await this.#documents.delete(NAME, revision);
  }
}
