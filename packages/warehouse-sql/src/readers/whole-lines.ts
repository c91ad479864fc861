const LF = 10;
const BACKSLASH = 92;

/** Joins chunks of staged text, cut anywhere, to batches that end with a line; each has so many bytes, or somewhat more. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length < bytes) continue;
    const joined = join(parts, length);
    const end = lastLineEnd(joined);
    if (end > 0) yield joined.subarray(0, end);
    parts = [joined.subarray(end)];
    length -= end;
  }
  if (length > 0) yield join(parts, length);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(length);
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}

/** Behind the last line feed that is not inside a value, where a backslash stands before it; 0 where there is none. */
function lastLineEnd(bytes: Uint8Array): number {
  // The first byte of all is behind no backslash, so that the search never goes on from there.
  for (let at = bytes.lastIndexOf(LF); at >= 0; at = bytes.lastIndexOf(LF, at - 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return 0;
}
