import type { FileStore, TakeOutcome } from '../ports/file-store.port.ts';
import { keyWithHash } from '../ports/key-with-hash.ts';
import type { LandedFile } from '../ports/landing-zone.port.ts';
import { PortError } from '../ports/port-error.ts';
import { digestContent } from './digest-content.ts';
import { InMemoryLandingZone } from './in-memory-landing-zone.ts';

type Landed = NonNullable<ReturnType<InMemoryLandingZone['peek']>>;

export class InMemoryFileStore implements FileStore {
  readonly location: string;
  /** All that lies here, by path. */
  readonly stored = new Map<string, Uint8Array>();
  /** The same, read as a landing place, with the times of landing. */
  readonly reader: InMemoryLandingZone;
  readonly #landing: InMemoryLandingZone;

  constructor(landing: InMemoryLandingZone, location = 'memory:store') {
    this.#landing = landing;
    this.location = location;
    this.reader = new InMemoryLandingZone(location);
  }

  async take(file: LandedFile, contentHash: string): Promise<TakeOutcome> {
    const names = [file.key, keyWithHash(file.key, contentHash)];
    const found = await this.#findStored(names, contentHash);
    const landed = this.#landing.peek(file.key, file.version);
    if (landed === undefined) return this.#tellGone(file.key, found);

    const isTrue = (await digestContent(landed.bytes)) === contentHash;
    if (!isTrue) throw toError('archive.unreadable', `${file.key} has another content than ${contentHash}.`);
    const storedAs = this.#store(names, landed);

    const isThere = this.#landing.peek(file.key, file.version) !== undefined;
    if (!isThere) return this.#tellGone(file.key, storedAs);
    this.#landing.remove(file.key, file.version);
    return { kind: 'moved', storedAs };
  }

  #tellGone(key: string, storedAs: string | undefined): TakeOutcome {
    const isReplaced = !this.#landing.keepsVersions && this.#landing.peek(key) !== undefined;
    if (isReplaced) return { kind: 'source-changed', storedAs };
    return storedAs === undefined ? { kind: 'source-missing' } : { kind: 'moved', storedAs };
  }

  #store(names: readonly string[], { file, bytes }: Landed): string {
    for (const name of names) {
      const stored = this.stored.get(name);
      if (stored === undefined) {
        this.stored.set(name, bytes);
        this.reader.put(name, bytes, file.modifiedAt);
      }
      if (stored === undefined || isEqual(stored, bytes)) return name;
    }
    throw toError('archive.write-failed', `${names.join(' and ')} are taken by other content.`);
  }

  async #findStored(names: readonly string[], contentHash: string): Promise<string | undefined> {
    for (const name of names) {
      const bytes = this.stored.get(name);
      if (bytes !== undefined && (await digestContent(bytes)) === contentHash) return name;
    }
    return undefined;
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function toError(code: string, message: string): PortError {
  return new PortError({ code, message });
}
