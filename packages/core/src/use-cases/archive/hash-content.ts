import type { LandedFile, LandingZone } from '../../ports/landing-zone.port.ts';

/**
 * The hash over all bytes of a file, which are read one chunk after the other.
 *
 * @param onChunk told the bytes of each chunk; what it throws ends the reading
 * @throws PortError as `LandingZone.open`
 */
export async function hashContent(
  place: Pick<LandingZone, 'open'>,
  file: LandedFile,
  onChunk: (bytes: number) => void = () => undefined,
): Promise<string> {
  const content = await place.open(file);
  try {
    for await (const chunk of content.chunks) onChunk(chunk.length);
    return content.contentHash();
  } finally {
    await content.close();
  }
}
