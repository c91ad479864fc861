const LF = 10;

/** Joins chunks to batches of about so many bytes that end with a line. A line feed inside a value comes as two other characters. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    const end = chunk.lastIndexOf(LF) + 1;
    if (length < bytes || end === 0) continue;
    yield Buffer.concat([...parts.slice(0, -1), chunk.subarray(0, end)]);
    parts = [chunk.subarray(end)];
    length = chunk.length - end;
  }
  if (length > 0) yield Buffer.concat(parts);
}
