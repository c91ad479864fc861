import { readSourceDay } from '../../intake/read-source-day.ts';
import type { DayRange } from '../../ports/day-range.ts';
import type { DeliveryLog } from '../../ports/delivery-log.port.ts';
import { keyWithoutHash } from '../../ports/key-with-hash.ts';
import type { LandedFile, LandingZone } from '../../ports/landing-zone.port.ts';
import type { Warehouse } from '../../ports/warehouse.port.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { ArchiveFindings, type ArchiveReport } from './archive-findings.ts';
import { verifyFile } from './verify-file.ts';

export interface VerifyPorts {
  readonly deliveries: Pick<DeliveryLog, 'files'>;
  readonly warehouse: Pick<Warehouse, 'committedHashes'>;
  /** Read as a landing place. */
  readonly archive: Pick<LandingZone, 'location' | 'list' | 'find' | 'open'>;
}

export interface VerifyOptions {
  /** Of source days; all where nothing is said. */
  readonly range?: Partial<DayRange> | undefined;
  /** Whether to look for files that no run knows, too. */
  readonly strays?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then: files that were looked for and bytes that were read, so far. */
  readonly onProgress?: ((files: number, bytes: number) => void) | undefined;
}

const FILES_AT_ONCE = 4;

/**
 * Looks for every committed delivery in the archive, and reads it to see that its bytes are those that were committed. Memory
 * holds a page of deliveries and a chunk of some files, whatever the archive holds; what is wrong is kept as far as
 * `MOST_PROBLEMS`.
 *
 * @throws PortError where the archive or the warehouse cannot be read at all, or the signal's reason
 */
export async function verifyArchive(ports: VerifyPorts, options: VerifyOptions = {}): Promise<ArchiveReport> {
  const { range, strays = false, signal, onProgress } = options;
  await requireReadable(ports);
  const findings = new ArchiveFindings(ports.archive.location);
  let seen = new Set<string>();
  let day = '';
  for await (const page of ports.deliveries.files({ ...range, statuses: ['loaded', 'empty'] })) {
    const hashes = await ports.warehouse.committedHashes(page.map(({ key }) => key));
    // One that was undone and loaded again has two entries.
    const files = page.filter((file) => {
      if (file.sourceDay !== day) seen = new Set();
      day = file.sourceDay;
      const delivery = `${file.contentHash} ${file.key}`;
      return hashes.get(file.key)?.has(file.contentHash) === true && seen.size < seen.add(delivery).size;
    });
    await mapConcurrently(files, FILES_AT_ONCE, async (file) => {
      const onChunk = (bytes: number) => {
        signal?.throwIfAborted();
        findings.bytes += bytes;
        onProgress?.(findings.files, findings.bytes);
      };
      findings.add(file, await verifyFile(ports.archive, file, hashes.get(file.key)!, onChunk));
      signal?.throwIfAborted();
      onProgress?.(findings.files, findings.bytes);
    });
  }
  if (strays) await findStrays(ports, options, findings);
  return findings.report(strays);
}

/** A place that is not there would else be one from which every file is missing. */
async function requireReadable({ archive }: VerifyPorts): Promise<void> {
  for await (const _ of archive.list()) return;
}

/** Files under names that no committed delivery has. What lies under such a name was read above. */
async function findStrays(
  { archive, warehouse }: VerifyPorts,
  { range, signal }: VerifyOptions,
  findings: ArchiveFindings,
): Promise<void> {
  for await (const page of archive.list()) {
    signal?.throwIfAborted();
    const stored = page.filter((file) => isWithin(file, range));
    const named = stored.map((file) => keyWithoutHash(file.key));
    const keys = [...stored.map(({ key }) => key), ...named.flatMap((name) => name?.key ?? [])];
    const hashes = await warehouse.committedHashes(keys);
    for (const [i, file] of stored.entries()) {
      const name = named[i];
      const isKnown =
        hashes.has(file.key) ||
        (name !== undefined &&
          [...(hashes.get(name.key) ?? [])].some((hash) => hash.startsWith(`sha256:${name.digits}`)));
      if (!isKnown) findings.addStray(file);
    }
  }
}

function isWithin(file: LandedFile, { fromDay, toDay }: Partial<DayRange> = {}): boolean {
  const day = readSourceDay(file.key, file.modifiedAt);
  return (fromDay === undefined || day >= fromDay) && (toDay === undefined || day <= toDay);
}
