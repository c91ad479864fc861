import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { isPortError, PortError, type Unpacker } from '@weir/core';
import type { Open, UnpackerSubject } from '../../src/index.ts';

type Unpack = Unpacker['unpack'];

/** Unpackers that are wrong on purpose. */
export const BAD_UNPACKERS: Readonly<Record<string, Open<UnpackerSubject>>> = {
  'takes one member': open(whole((bytes) => gunzipSync(bytes.subarray(0, findMember(bytes))))),
  'cuts wherever a member could start': open(
    whole((bytes) => {
      const at = findMember(bytes);
      return Buffer.concat([
        gunzipSync(bytes.subarray(0, at)),
        at < bytes.length ? gunzipSync(bytes.subarray(at)) : Buffer.alloc(0),
      ]);
    }),
  ),
  'gives nothing': open(whole(() => Buffer.alloc(0))),
  'takes damage for the end': open(whole((bytes) => gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }))),
  'takes what is no gzip data as it is': open(whole((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes))),
  'refuses a file of no bytes': open(whole((bytes) => gunzipSync(bytes), 'also empty')),
  'refuses padding': open(
    whole((bytes) => (bytes.at(-1) === 0 && bytes.at(-2) === 0 && bytes.length > 300 ? refuse() : gunzipSync(bytes))),
  ),
  'keeps the chunks of its producer': open(async function* (packed) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of packed) chunks.push(chunk);
    yield* whole((bytes) => gunzipSync(bytes))(from(chunks));
  }),
  'calls what the source throws damage': open(async function* (packed) {
    try {
      for await (const chunk of whole((bytes) => gunzipSync(bytes))(packed)) yield chunk;
    } catch {
      refuse();
    }
  }),
  'hands on the errors of zlib': open(async function* (packed) {
    const gunzip = createGunzip();
    for await (const chunk of packed) gunzip.write(chunk.slice());
    gunzip.end();
    yield* gunzip;
  }),
  'ignores what follows the data': open(whole((bytes) => gunzipSync(trimTail(bytes)))),
};

function open(unpack: Unpack): Open<UnpackerSubject> {
  return async () => ({ unpacker: { unpack }, close: async () => {} });
}

/** Right but for what `unpack` does, and for reading all before it gives anything. */
function whole(unpack: (bytes: Buffer) => Buffer, empty = ''): Unpack {
  return async function* (packed) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of packed) chunks.push(chunk.slice());
    const bytes = Buffer.concat(chunks);
    if (bytes.length === 0 && empty === '') return;
    try {
      yield unpack(bytes);
    } catch (error) {
      throw isPortError(error) ? error : damaged();
    }
  };
}

async function* from(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function findMember(bytes: Buffer): number {
  const at = bytes.indexOf(Buffer.from([0x1f, 0x8b, 8]), 1);
  return at < 0 ? bytes.length : at;
}

/** Without a tail of text. */
function trimTail(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf('a,b\n');
  return at > 0 && at === bytes.length - 4 ? bytes.subarray(0, at) : bytes;
}

function refuse(): never {
  throw damaged();
}

function damaged(): PortError {
  return new PortError({ code: 'unpacker.damaged', message: 'damaged' });
}
