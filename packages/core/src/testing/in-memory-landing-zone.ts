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

export class InMemoryLandingZone implements LandingZone {
  readonly location: string;
  readonly #landed = new Map<string, Landed>();
  #uploads = 0;

  constructor(location = 'memory:landing') {
    this.location = location;
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
    this.#landed.set(key, { file, bytes });
    return file;
  }

  remove(key: string): void {
    this.#landed.delete(key);
  }

  /** What lies under a key now, and in which version. */
  find(key: string): Landed | undefined {
    return this.#landed.get(key);
  }

  async *list(): AsyncIterable<readonly LandedFile[]> {
    const files = [...this.#landed.values()].map(({ file }) => file).filter(({ key }) => !isHiddenKey(key));
    files.sort((a, b) => compareUtf8(a.key, b.key));
    for (let i = 0; i < files.length; i += FILES_A_PAGE) yield files.slice(i, i + FILES_A_PAGE);
  }

  async open(file: LandedFile): Promise<LandedContent> {
    const landed = this.#landed.get(file.key);
    if (landed === undefined) throw toError('landing.not-found', `${file.key} is no longer in ${this.location}.`);
    if (landed.file.version !== file.version) {
      throw toError('landing.changed', `${file.key} in ${this.location} was replaced after it was listed.`);
    }
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
}

async function* readChunks(bytes: Uint8Array, onEnd: (contentHash: string) => void): AsyncIterable<Uint8Array> {
  for (let i = 0; i < bytes.length; i += BYTES_A_CHUNK) yield bytes.slice(i, i + BYTES_A_CHUNK);
  onEnd(await digestContent(bytes));
}

function toError(code: string, message: string): PortError {
  return new PortError({ code, message, retryable: true });
}
