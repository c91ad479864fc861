import { isHiddenKey } from '../ports/is-hidden-key.ts';
import type { LandedContent, LandedFile, LandingZone } from '../ports/landing-zone.port.ts';
import { PortError } from '../ports/port-error.ts';
import { compareUtf8 } from '../rules/version.ts';
import { digestContent } from './digest-content.ts';

const FILES_A_PAGE = 100;
const BYTES_A_CHUNK = 64 * 1024;

interface Landed {
  readonly file: LandedFile;
  readonly bytes: Uint8Array;
}

export interface InMemoryLandingZoneOptions {
  /** Whether an upload leaves the older versions of its key in the place, as a bucket with versions does. */
  readonly keepsVersions?: boolean;
}

export class InMemoryLandingZone implements LandingZone {
  readonly location: string;
  readonly keepsVersions: boolean;
  /** By key, the oldest version first; never empty. */
  readonly #landed = new Map<string, readonly Landed[]>();
  #uploads = 0;

  constructor(location = 'memory:landing', { keepsVersions = false }: InMemoryLandingZoneOptions = {}) {
    this.location = location;
    this.keepsVersions = keepsVersions;
  }

  /**
   * Lands a file, or a new version of it. Text is taken as UTF-8.
   *
   * @param modifiedAt milliseconds since 1970-01-01 UTC; one second after the upload before where it is not given
   */
  put(key: string, content: string | Uint8Array, modifiedAt?: number): LandedFile {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    const upload = ++this.#uploads;
    const time = modifiedAt ?? Date.UTC(2023, 2, 15, 6) + upload * 1000;
    const file = { key, size: bytes.length, modifiedAt: time, version: `upload-${upload}` };
    const older = this.keepsVersions ? (this.#landed.get(key) ?? []) : [];
    this.#landed.set(key, [...older, { file, bytes }]);
    return file;
  }

  /** Removes a file in one version, or in all that are there. */
  remove(key: string, version?: string): void {
    const others = (this.#landed.get(key) ?? []).filter(
      ({ file }) => version !== undefined && file.version !== version,
    );
    if (others.length > 0) this.#landed.set(key, others);
    else this.#landed.delete(key);
  }

  /** What lies under a key now, hidden or not: in the version that is asked for, or in the newest one. */
  peek(key: string, version?: string): Landed | undefined {
    return this.#landed.get(key)?.findLast(({ file }) => version === undefined || file.version === version);
  }

  async *list(): AsyncIterable<readonly LandedFile[]> {
    const files = [...this.#landed.values()].map(([oldest]) => oldest!.file).filter(({ key }) => !isHiddenKey(key));
    files.sort((a, b) => compareUtf8(a.key, b.key));
    for (let i = 0; i < files.length; i += FILES_A_PAGE) yield files.slice(i, i + FILES_A_PAGE);
  }

  async find(key: string, version?: string): Promise<LandedFile | undefined> {
    return isHiddenKey(key) ? undefined : this.peek(key, version)?.file;
  }

  async open(file: LandedFile): Promise<LandedContent> {
    const landed = this.peek(file.key, file.version);
    if (landed === undefined) throw this.#toMissing(file.key);
    let hash: string | undefined;
    return {
      chunks: readChunks(landed.bytes, (contentHash) => {
        hash = contentHash;
      }),
      contentHash: () => {
        if (hash === undefined) throw new Error(`${file.key} was not read to its end, so it has no hash yet.`);
        return hash;
      },
      close: async () => {},
    };
  }

  #toMissing(key: string): PortError {
    if (this.keepsVersions || this.peek(key) === undefined) {
      return toError('landing.not-found', `${key} is no longer in ${this.location}.`);
    }
    return toError('landing.changed', `${key} in ${this.location} was replaced after it was listed.`);
  }
}

async function* readChunks(bytes: Uint8Array, onEnd: (contentHash: string) => void): AsyncIterable<Uint8Array> {
  for (let i = 0; i < bytes.length; i += BYTES_A_CHUNK) yield bytes.slice(i, i + BYTES_A_CHUNK);
  onEnd(await digestContent(bytes));
}

function toError(code: string, message: string): PortError {
  return new PortError({ code, message, retryable: true });
}
