/** The delivered bytes are not what their name says. */
export class DamagedArchiveError extends Error {
  override readonly name = 'DamagedArchiveError';
}

/**
 * The text of a file: its bytes as they are, or unpacked where the key ends with `.gz`. Unpacks as it is read, so memory
 * does not grow with what is inside.
 *
 * @throws DamagedArchiveError where gzip data is damaged or cut off; errors of `chunks` pass through
 */
export function unpack(key: string, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return key.toLowerCase().endsWith('.gz') ? gunzip(chunks) : chunks;
}

/** The bytes of a gzip file on their way, one member after another. */
interface Source {
  readonly pieces: AsyncIterator<Piece, undefined>;
  /** The first piece of the next member. */
  next: Piece | undefined;
  isEmpty: boolean;
  error: unknown;
}

interface Piece {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly startsMember: boolean;
}

/** A gzip file is a series of members (RFC 1952); a `DecompressionStream` takes one and calls more of them junk. */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = cutAtMembers(chunks);
  const source: Source = { pieces, next: undefined, isEmpty: true, error: undefined };
  try {
    do yield* gunzipMember(source);
    while (source.next !== undefined);
  } finally {
    await pieces.return(undefined);
  }
}

async function* gunzipMember(source: Source): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const pumping = pump(source, writable);
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await pumping;
  } catch (error) {
    await pumping;
    if (source.error !== undefined) throw source.error;
    // A file of no bytes at all is an empty file, not a damaged one.
    if (!source.isEmpty) throw new DamagedArchiveError('the gzip data is damaged or cut off', { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
    await pumping;
  }
}

/** Never rejects: what the source threw is left in `source.error`, what the stream threw is seen by its reader. */
async function pump(source: Source, writable: WritableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  const writer = writable.getWriter();
  try {
    let piece = source.next ?? (await source.pieces.next()).value;
    source.next = undefined;
    for (let isFirst = true; piece !== undefined; isFirst = false) {
      if (piece.startsMember && !isFirst) {
        source.next = piece;
        break;
      }
      source.isEmpty = false;
      try {
        await writer.write(piece.bytes);
      } catch {
        return;
      }
      piece = (await source.pieces.next()).value;
    }
    await writer.close().catch(() => undefined);
  } catch (error) {
    source.error = error;
    await writer.abort(error).catch(() => undefined);
  }
}

/** Copies: the producer may use its chunk again while the stream still holds it. */
async function* cutAtMembers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, undefined> {
  let held = new Uint8Array(0);
  let startsMember = true;
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(held.length + chunk.length);
    bytes.set(held);
    bytes.set(chunk, held.length);
    // What starts after this place cannot be judged yet.
    const end = Math.max(0, bytes.length - MEMBER_HEAD_BYTES + 1);
    let start = 0;
    for (let at = bytes.indexOf(0x1f); at >= 0 && at < end; at = bytes.indexOf(0x1f, at + 1)) {
      if (!isMemberHead(bytes, at)) continue;
      if (at > start) yield { bytes: bytes.subarray(start, at), startsMember };
      startsMember = true;
      start = at;
    }
    if (end > start) {
      yield { bytes: bytes.subarray(start, end), startsMember };
      startsMember = false;
    }
    held = bytes.subarray(end);
  }
  if (held.length > 0) yield { bytes: held, startsMember };
  return undefined;
}

const MEMBER_HEAD_BYTES = 10;

/** Mark, method, no reserved flag, a level and a system that exist: by chance once in 2^37 bytes of packed data. */
function isMemberHead(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || bytes[at + 3]! > 0x1f) return false;
  const level = bytes[at + 8]!;
  const system = bytes[at + 9]!;
  return (level === 0 || level === 2 || level === 4) && (system <= 13 || system === 255);
}
