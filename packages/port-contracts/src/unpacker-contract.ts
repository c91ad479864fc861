import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Unpacker } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Check, Contract } from './contract.ts';

export interface UnpackerSubject {
  readonly unpacker: Unpacker;
}

const TEXT = 'a,b\n1,2\n'.repeat(2000);
const PACKED = gzipSync(TEXT);
const MEMBERS = ['a,b\n', '1,2\n', '', '3,4\n'].map((text) => gzipSync(text));
const FAULT = new Error('the line is dead');

export const unpackerContract: Contract<UnpackerSubject> = {
  port: 'Unpacker',
  clauses: {
    'gives back what was packed, however it is cut': async ({ unpacker }) => {
      for (const size of [1, 2, 7, 64, PACKED.length]) assert.equal(await unpackAll(unpacker, cut(PACKED, size)), TEXT);
    },

    'gives back several members, empty ones among them, however they are cut': async ({ unpacker }) => {
      const bytes = Buffer.concat(MEMBERS);
      for (let size = 1; size <= bytes.length; size++) {
        assert.equal(await unpackAll(unpacker, cut(bytes, size)), 'a,b\n1,2\n3,4\n');
      }
    },

    'finds a member that starts with a chunk': async ({ unpacker }) => {
      assert.equal(await unpackAll(unpacker, MEMBERS), 'a,b\n1,2\n3,4\n');
    },

    'takes packed data that looks like the head of a member for what it is': async ({ unpacker }) => {
      const text = Buffer.concat([gzipSync('inner'), gzipSync('inner')]);
      const stored = gzipSync(text, { level: 0 });
      assert.equal(await unpackAll(unpacker, cut(stored, 16)), text.toString());
    },

    'finds nothing in no bytes': async ({ unpacker }) => {
      for (const chunks of [[], [new Uint8Array(0), new Uint8Array(0)], [gzipSync('')]]) {
        assert.equal(await unpackAll(unpacker, chunks), '');
      }
    },

    'passes over zeros behind the last member': async ({ unpacker }) => {
      assert.equal(await unpackAll(unpacker, [PACKED, new Uint8Array(512)]), TEXT);
    },

    'reads its source to the end, also where that is zeros: who counts or hashes it counts all': async ({
      unpacker,
    }) => {
      let given = 0;
      async function* padded() {
        for (const chunk of [PACKED, ...Array.from({ length: 40 }, () => new Uint8Array(65_536))]) {
          yield chunk;
          given++;
        }
      }
      assert.equal(await unpackAll(unpacker, padded()), TEXT);
      assert.equal(given, 41);
    },

    'does not hold on to a chunk that its producer uses again': async ({ unpacker }) => {
      const reused = new Uint8Array(16);
      async function* chunks() {
        for (const chunk of cut(PACKED, 16)) {
          reused.fill(0);
          reused.set(chunk);
          yield reused.subarray(0, chunk.length);
        }
      }
      assert.equal(await unpackAll(unpacker, chunks()), TEXT);
    },

    'tells data that is cut off': checkDamage(PACKED.subarray(0, -1), PACKED.subarray(0, 60), PACKED.subarray(0, 1)),
    'tells data of which a byte is wrong': checkDamage(flip(PACKED.length >> 1), flip(PACKED.length - 8), flip(-1)),
    'tells what is no gzip data': checkDamage(Buffer.from('a,b\n1,2\n'), Buffer.from('\n')),
    'tells what is followed by something else': checkDamage(Buffer.concat([PACKED, Buffer.from('a,b\n')])),
    'tells what comes behind zeros: rows there must not be lost in silence': checkDamage(
      Buffer.concat([PACKED, Buffer.alloc(10), PACKED]),
      Buffer.concat([PACKED, Buffer.alloc(300_000), PACKED]),
      Buffer.concat([PACKED, Buffer.alloc(10), Buffer.from('a,b\n')]),
    ),
    'tells a second member that is cut off': checkDamage(Buffer.concat([PACKED, PACKED.subarray(0, 20)])),

    'passes on what its source throws': async ({ unpacker }) => {
      for (const chunks of [[], cut(PACKED.subarray(0, 60), 16), cut(PACKED, 16)]) {
        await assert.rejects(unpackAll(unpacker, failing(chunks)), (error) => error === FAULT);
      }
    },

    'unpacks no more than is asked for: a megabyte may hold a gigabyte': async ({ unpacker }) => {
      const member = gzipSync(Buffer.alloc(4 * 1024 * 1024), { level: 9 });
      const members = Buffer.concat(Array.from({ length: 64 }, () => member));
      let given = 0;
      async function* bomb() {
        for (const chunk of cut(members, 4096)) {
          given++;
          yield chunk;
        }
      }
      for await (const chunk of unpacker.unpack(bomb())) {
        assert.ok(chunk.length <= 1024 * 1024, `${chunk.length} bytes at once`);
        break;
      }
      assert.ok(given < 32, `${given} of ${members.length / 4096} chunks were read`);
    },
  },
};

function checkDamage(...inputs: readonly Uint8Array[]): Check<UnpackerSubject> {
  return async ({ unpacker }) => {
    for (const bytes of inputs) {
      for (const size of [3, bytes.length]) {
        const error = await assertPortError(() => unpackAll(unpacker, cut(bytes, size)), 'unpacker.damaged');
        assert.equal(error.retryable, false);
      }
    }
  };
}

async function unpackAll(
  unpacker: Unpacker,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of unpacker.unpack(feed(chunks))) parts.push(chunk.slice());
  return Buffer.concat(parts).toString();
}

async function* feed(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* failing(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
  throw FAULT;
}

function cut(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** The packed text with one byte wrong; a negative place counts from the end. */
function flip(place: number): Uint8Array {
  const bytes = Uint8Array.from(PACKED);
  const at = place < 0 ? bytes.length + place : place;
  bytes[at] = bytes[at]! ^ 0xff;
  return bytes;
}
