import type { S3Client } from '@aws-sdk/client-s3';
import {
  compareUtf8,
  type FileClaim,
  type LandedFile,
  mapConcurrently,
  type RunEntry,
  type RunFields,
  type RunLedger,
  type RunPlan,
} from '@weir/core';
import { FileClaims } from './file-claims.ts';
import { JsonDocuments } from './json-documents.ts';
import { type RunDocument, toRunDocument, toRunEntry } from './run-document.ts';

export interface S3RunLedgerOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** What all its keys start with, `ledger/`. */
  readonly prefix?: string;
}

const ENTRIES_A_PAGE = 100;
const CALLS_AT_ONCE = 16;
const OPEN = 'runs/open/';
const CLOSED = 'runs/closed/';

/** Stands for the revision of a closed entry, which nobody replaces. */
const CLOSED_REVISION = 'closed';

/**
 * A ledger of conditional writes: `runs/open/<run>.json`, `runs/closed/<run>.json`, `claims/<file version>.json`. An entry is
 * closed by the one write that says so in it; that it then moves among the closed ones is only tidiness, and whoever finds
 * it not yet moved moves it.
 */
export class S3RunLedger implements RunLedger {
  readonly location: string;
  readonly #documents: JsonDocuments;
  readonly #claims: FileClaims;

  constructor({ client, bucket, prefix = '' }: S3RunLedgerOptions) {
    this.#documents = new JsonDocuments(client, bucket, prefix);
    this.location = this.#documents.location;
    this.#claims = new FileClaims(this.#documents);
  }

  async plan(run: RunPlan): Promise<{ readonly kind: 'planned' | 'known'; readonly entry: RunEntry }> {
    const document = toRunDocument(run, {
      files: run.files,
      state: { kind: 'planned' },
      lease: undefined,
      notifiedAt: undefined,
      settledAt: undefined,
    });
    for (;;) {
      const known = await this.read(run.runId);
      if (known !== undefined) return { kind: 'known', entry: known };
      const revision = await this.#documents.create(nameOf(OPEN, run.runId), document);
      if (revision === undefined) continue;
      // Somebody may have planned and closed it since it was looked for.
      const closed = await this.#readClosed(run.runId);
      if (closed === undefined) return { kind: 'planned', entry: toRunEntry(document, revision) };
      await this.#documents.delete(nameOf(OPEN, run.runId), revision);
      return { kind: 'known', entry: closed };
    }
  }

  async claim(runId: string, files: readonly LandedFile[]): Promise<readonly FileClaim[]> {
    return mapConcurrently(files, CALLS_AT_ONCE, (file) => this.#claims.claim(runId, file));
  }

  async claims(files: readonly LandedFile[]): Promise<readonly (FileClaim | undefined)[]> {
    return mapConcurrently(files, CALLS_AT_ONCE, (file) => this.#claims.read(file));
  }

  async release(runId: string, files: readonly LandedFile[]): Promise<void> {
    await mapConcurrently(files, CALLS_AT_ONCE, (file) => this.#claims.release(runId, file));
  }

  async read(runId: string): Promise<RunEntry | undefined> {
    const open = await this.#documents.read(nameOf(OPEN, runId));
    const document = open?.value as RunDocument | undefined;
    if (open !== undefined && document?.isClosed === false) {
      return toRunEntry(document, open.revision);
    }
    if (document?.isClosed === true) return toRunEntry(document, CLOSED_REVISION);
    return this.#readClosed(runId);
  }

  async replace(read: RunEntry, by: RunFields): Promise<RunEntry | undefined> {
    if (read.revision === CLOSED_REVISION) return undefined;
    const document = toRunDocument(read, by);
    const revision = await this.#documents.replace(nameOf(OPEN, read.runId), document, read.revision);
    return revision === undefined ? undefined : toRunEntry(document, revision);
  }

  async close(read: RunEntry): Promise<RunEntry | undefined> {
    if (read.revision === CLOSED_REVISION) return undefined;
    const document: RunDocument = { ...toRunDocument(read, read), isClosed: true };
    const revision = await this.#documents.replace(nameOf(OPEN, read.runId), document, read.revision);
    if (revision === undefined) return undefined;
    await this.#moveClosed(document, revision);
    return toRunEntry(document, CLOSED_REVISION);
  }

  async *openRuns(): AsyncIterable<readonly RunEntry[]> {
    const ids = (await this.#documents.names(OPEN)).flatMap(idOf).sort(compareUtf8);
    for (let i = 0; i < ids.length; i += ENTRIES_A_PAGE) {
      const page = ids.slice(i, i + ENTRIES_A_PAGE);
      const entries = await mapConcurrently(page, CALLS_AT_ONCE, (runId) => this.#readOpen(runId));
      const open = entries.filter((entry) => entry !== undefined);
      if (open.length > 0) yield open;
    }
  }

  async #readOpen(runId: string): Promise<RunEntry | undefined> {
    const open = await this.#documents.read(nameOf(OPEN, runId));
    if (open === undefined) return undefined;
    const document = open.value as RunDocument;
    if (!document.isClosed) return toRunEntry(document, open.revision);
    await this.#moveClosed(document, open.revision);
    return undefined;
  }

  async #readClosed(runId: string): Promise<RunEntry | undefined> {
    const closed = await this.#documents.read(nameOf(CLOSED, runId));
    return closed === undefined ? undefined : toRunEntry(closed.value as RunDocument, CLOSED_REVISION);
  }

  async #moveClosed(document: RunDocument, revision: string): Promise<void> {
    await this.#documents.create(nameOf(CLOSED, document.entry.runId), document);
    await this.#documents.delete(nameOf(OPEN, document.entry.runId), revision);
  }
}

function nameOf(folder: string, runId: string): string {
  return `${folder}${encodeURIComponent(runId)}.json`;
}

/** None of what is no entry. */
function idOf(name: string): readonly string[] {
  return name.endsWith('.json') ? [decodeURIComponent(name.slice(OPEN.length, -'.json'.length))] : [];
}
