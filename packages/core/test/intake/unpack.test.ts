import { expect, test } from '@jest/globals';
import { unpack } from '../../src/intake/unpack.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}
const packed = nothing();
const unpacked = nothing();
const unpacker = { unpack: () => unpacked };

test.each(['x.csv.gz', 'x.CSV.GZ', 'year=2023/x.csv.Gz'])(
  'a file is unpacked where its name ends with .gz: %s',
  (key) => {
    expect(unpack(unpacker, key, packed)).toBe(unpacked);
  },
);

test.each(['x.csv', 'x.gz.csv', 'gz', 'x.gz/y.csv'])('and else read as it is: %s', (key) => {
  expect(unpack(unpacker, key, packed)).toBe(packed);
});
