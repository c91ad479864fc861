const LF = 10;
const BACKSLASH = 92;

/** Joins chunks to batches of about so many bytes that end with a line. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    const end = rest.length < bytes ? 0 : lastLineEnd(rest);
    if (end === 0) continue;
    yield rest.subarray(0, end);
    rest = rest.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

/** Behind the last line feed that is not inside a value: UNLOAD writes those with a backslash before them. */
function lastLineEnd(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(LF); at >= 0; at = bytes.lastIndexOf(LF, at - 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
    if (at === 0) break;
  }
  return 0;
}
