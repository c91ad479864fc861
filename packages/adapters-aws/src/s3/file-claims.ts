import { createHash } from 'node:crypto';
import type { FileClaim, LandedFile } from '@weir/core';
import type { JsonDocuments } from './json-documents.ts';

/** Which run has which file version: a document each. */
export class FileClaims {
  readonly #documents: JsonDocuments;

  constructor(documents: JsonDocuments) {
    this.#documents = documents;
  }

  /** Claims a file version for a run, and tells who has it then. */
  async claim(runId: string, file: LandedFile): Promise<FileClaim> {
    const first: FileClaim = { file, runId, attempt: 1 };
    if ((await this.#documents.create(nameOf(file), first)) !== undefined) return first;
    for (;;) {
      const found = await this.#documents.read(nameOf(file));
      // Claims are never deleted but by a lifecycle rule, long after everybody is done.
      if (found === undefined) return this.claim(runId, file);
      const held = found.value as FileClaim;
      if (held.runId !== undefined) return held;
      const next: FileClaim = { file, runId, attempt: held.attempt + 1 };
      if ((await this.#documents.replace(nameOf(file), next, found.revision)) !== undefined) return next;
    }
  }

  /** Undefined where nobody ever claimed it. */
  async read(file: LandedFile): Promise<FileClaim | undefined> {
    return (await this.#documents.read(nameOf(file)))?.value as FileClaim | undefined;
  }

  /** Frees a file version where this run has it. */
  async release(runId: string, file: LandedFile): Promise<void> {
    for (;;) {
      const found = await this.#documents.read(nameOf(file));
      const held = found?.value as FileClaim | undefined;
      if (found === undefined || held?.runId !== runId) return;
      const freed: FileClaim = { ...held, runId: undefined };
      if ((await this.#documents.replace(nameOf(file), freed, found.revision)) !== undefined) return;
    }
  }
}

function nameOf({ key, version }: LandedFile): string {
  return `claims/${createHash('sha256').update(`${key}\0${version}`).digest('hex')}.json`;
}
