import { keyWithoutHash } from '../../ports/key-with-hash.ts';
import type { LandedContent, LandedFile, LandingZone } from '../../ports/landing-zone.port.ts';
import { hashContent } from './hash-content.ts';

/**
 * What an archive holds, as it was delivered: each file under the key under which it landed, with the time that it had
 * there. Of one key there may be several, each another content. Nothing is changed in the archive.
 */
export class ArchivedDeliveries implements Pick<LandingZone, 'location' | 'list' | 'open'> {
  readonly location: string;
  private readonly archive: Pick<LandingZone, 'location' | 'list' | 'open'>;

  /** @param archive read as a landing place, with the times of landing */
  constructor(archive: Pick<LandingZone, 'location' | 'list' | 'open'>) {
    this.location = archive.location;
    this.archive = archive;
  }

  /** In the order of the names in the archive. */
  async *list(): AsyncIterable<readonly LandedFile[]> {
    for await (const page of this.archive.list()) {
      const deliveries: LandedFile[] = [];
      for (const stored of page) deliveries.push(toDelivery(stored, await this.findKey(stored)));
      yield deliveries;
    }
  }

  async open(delivery: LandedFile): Promise<LandedContent> {
    return this.archive.open(toStored(delivery));
  }

  /** A shop may give a name that looks like one with a hash: only the content tells. */
  private async findKey(stored: LandedFile): Promise<string> {
    const named = keyWithoutHash(stored.key);
    if (named === undefined) return stored.key;
    const contentHash = await hashContent(this.archive, stored);
    return contentHash.startsWith(`sha256:${named.digits}`) ? named.key : stored.key;
  }
}

/** The version also tells the name in the archive, which comes behind the first line feed. */
function toDelivery(stored: LandedFile, key: string): LandedFile {
  return { ...stored, key, version: `${stored.version}\n${stored.key}` };
}

function toStored({ version, ...delivery }: LandedFile): LandedFile {
  const end = version.indexOf('\n');
  return { ...delivery, key: version.slice(end + 1), version: version.slice(0, end) };
}
