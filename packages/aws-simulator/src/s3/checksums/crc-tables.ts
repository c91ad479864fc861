/** CRC-32C (Castagnoli), reflected, as S3's `crc32c`. */
export function crc32c(bytes: Uint8Array): Buffer {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) crc = CRC32C[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  const out = Buffer.alloc(4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return out;
}

/** CRC-64/NVME, reflected; halves of 32 bits, for bigints would take a second for some megabytes. */
export function crc64nvme(bytes: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (let i = 0; i < bytes.length; i += 1) {
    const at = (low ^ bytes[i]!) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ CRC64_LOW[at]!;
    high = (high >>> 8) ^ CRC64_HIGH[at]!;
  }
  const out = Buffer.alloc(8);
  out.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0);
  out.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4);
  return out;
}

const CRC32C = Uint32Array.from({ length: 256 }, (_, i) => {
  let crc = i;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

const CRC64 = BigUint64Array.from({ length: 256 }, (_, i) => {
  let crc = BigInt(i);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  return crc;
});
const CRC64_HIGH = Uint32Array.from(CRC64, (value) => Number(value >> 32n));
const CRC64_LOW = Uint32Array.from(CRC64, (value) => Number(value & 0xffffffffn));
