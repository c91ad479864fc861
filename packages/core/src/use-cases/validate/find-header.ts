import { ByteWindow } from '../../intake/byte-window.ts';
import { HeaderReader } from '../../intake/header-reader.ts';
import type { Header } from '../../intake/read-header.ts';
import { unpack } from '../../intake/unpack.ts';
import type { LandedFile, LandingZone } from '../../ports/landing-zone.port.ts';
import type { Unpacker } from '../../ports/unpacker.port.ts';
import { TRANSACTION_COLUMNS } from '../../rules/transaction-columns.ts';

export interface HeaderSurroundings {
  readonly landing: Pick<LandingZone, 'open'>;
  readonly unpacker: Unpacker;
  readonly maxRecordBytes: number;
}

/**
 * The header of a file that holds rows; only the beginning of the file is read.
 *
 * @throws PortError `landing.*`, `unpacker.damaged`; Error where there is none
 */
export async function findHeader(landed: LandedFile, surroundings: HeaderSurroundings): Promise<Header> {
  const { landing, unpacker, maxRecordBytes } = surroundings;
  const content = await landing.open(landed);
  try {
    const window = new ByteWindow();
    const reader = new HeaderReader(window, { columns: TRANSACTION_COLUMNS, maxRecordBytes });
    for await (const chunk of unpack(unpacker, landed.key, content.chunks)) {
      window.append(chunk);
      reader.read();
      if (reader.header !== undefined) return reader.header;
    }
  } finally {
    await content.close();
  }
  throw new Error(`${landed.key} has rows, but no header.`);
}
