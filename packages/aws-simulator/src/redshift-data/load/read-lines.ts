import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { s3Fault } from './s3-fault.ts';

const LF = 10;
const BACKSLASH = 92;

export interface FileText {
  readonly address: string;
  readonly body: Buffer;
  readonly compression: 'none' | 'gzip' | 'zstd';
  /** Whether a backslash keeps a line feed from ending a line. */
  readonly escapes: boolean;
}

/** The lines of a file without their line feeds, some at a time. */
export async function* readLines({ address, body, compression, escapes }: FileText): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of unpack(address, body, compression)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, end + 1)) {
      if (escapes && isEscaped(bytes, end, start)) continue;
      lines.push(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    yield lines;
  }
  if (rest.length > 0) yield [rest];
}

/** Whether an odd number of backslashes stands before the byte. */
function isEscaped(bytes: Buffer, at: number, start: number): boolean {
  let before = at - 1;
  while (before >= start && bytes[before] === BACKSLASH) before--;
  return (at - 1 - before) % 2 === 1;
}

async function* unpack(address: string, body: Buffer, compression: FileText['compression']): AsyncGenerator<Buffer> {
  if (compression === 'none') return yield body;
  const unpacker = compression === 'gzip' ? createGunzip() : createZstdDecompress();
  try {
    yield* Readable.from([body]).pipe(unpacker);
  } catch (error) {
    throw s3Fault(`The ${compression.toUpperCase()} file cannot be read: ${(error as Error).message}`, address);
  }
}
