import type { LoggedFile } from '../../ports/delivery-log.port.ts';
import { keyWithHash } from '../../ports/key-with-hash.ts';
import type { LandedFile, LandingZone } from '../../ports/landing-zone.port.ts';
import { isPortError } from '../../ports/port-error.ts';
import { hashContent } from './hash-content.ts';

/** What became of a committed delivery in the archive. */
export interface FileVerdict {
  readonly kind: 'intact' | 'missing' | 'changed' | 'unreadable';
  /** Under its names, what is no content that was committed under its key. */
  readonly foreign: readonly LandedFile[];
  /** Of `unreadable`. */
  readonly reason?: string;
}

/**
 * Looks for a delivery under both names that a file store gives.
 *
 * @param committed the hashes of all deliveries of its key: another one of them may lie under the first name
 * @param onChunk told the bytes of each chunk
 */
export async function verifyFile(
  archive: Pick<LandingZone, 'find' | 'open'>,
  { key, contentHash, size }: LoggedFile,
  committed: ReadonlySet<string>,
  onChunk: (bytes: number) => void,
): Promise<FileVerdict> {
  const foreign: LandedFile[] = [];
  try {
    for (const name of [key, keyWithHash(key, contentHash)]) {
      const stored = await archive.find(name);
      if (stored === undefined) continue;
      // A size that is another one says enough, but for what may be another delivery.
      const isOther = stored.size !== size && committed.size === 1;
      const found = isOther ? undefined : await hashContent(archive, stored, onChunk);
      if (found === contentHash) return { kind: 'intact', foreign };
      if (found === undefined || !committed.has(found)) foreign.push(stored);
    }
  } catch (error) {
    // Of one file; what is wrong with the place as a whole shows at the next one again.
    if (!isPortError(error) || !error.code.startsWith('landing.')) throw error;
    return { kind: 'unreadable', foreign, reason: error.message };
  }
  return { kind: foreign.length > 0 ? 'changed' : 'missing', foreign };
}
