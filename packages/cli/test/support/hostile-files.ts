import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const MEBIBYTE = 1024 * 1024;
/** As much as one member of the gzip data holds; a file holds the same member many times. */
const MEMBER_BYTES = 32 * MEBIBYTE;

/** Gzip data of `before`, then `mebibytes` of one text again and again, then `after`. */
export function gzipBomb(before: string, text: string, mebibytes: number, after: string): Buffer {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES, text), { level: 6 });
  const members = Array.from({ length: (mebibytes * MEBIBYTE) / MEMBER_BYTES }, () => member);
  return Buffer.concat([gzipSync(before), ...members, gzipSync(after)]);
}

/** Writes a file with a hole of NUL bytes in it, which takes no room on a disk. */
export async function writeWithHole(path: string, before: string, mebibytes: number, after: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.write(before);
    await file.write(after, Buffer.byteLength(before) + mebibytes * MEBIBYTE);
  } finally {
    await file.close();
  }
}
