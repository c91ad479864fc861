import { isPortError, type PortError } from '../ports/port-error.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';

/** The text of a file: its bytes as they are, or unpacked where its name ends with `.gz`. */
export function unpack(unpacker: Unpacker, key: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return key.toLowerCase().endsWith('.gz') ? unpacker.unpack(chunks) : chunks;
}

/** Whether the fault lies in the delivered bytes, so that trying again is of no use. */
export function isDamage(error: unknown): error is PortError {
  return isPortError(error) && error.code === 'unpacker.damaged';
}
