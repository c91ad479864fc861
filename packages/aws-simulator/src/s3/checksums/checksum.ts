import { createHash } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { ServiceFault } from '../../server/service.ts';
import { crc32c, crc64nvme } from './crc-tables.ts';

/** In the spelling of the header: `x-amz-checksum-crc32`. */
export const CHECKSUM_ALGORITHMS = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; `-n` behind it where it is made of the checksums of n parts. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

/** The raw digest, most significant byte first. */
export function digestOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Buffer {
  switch (algorithm) {
    case 'crc32': {
      const out = Buffer.alloc(4);
      out.writeUInt32BE(zlibCrc32(bytes) >>> 0);
      return out;
    }
    case 'crc32c':
      return crc32c(bytes);
    case 'crc64nvme':
      return crc64nvme(bytes);
    default:
      return createHash(algorithm).update(bytes).digest();
  }
}

export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Checksum {
  return { algorithm, value: digestOf(algorithm, bytes).toString('base64'), type: 'FULL_OBJECT' };
}

/** @throws ServiceFault `InvalidRequest` where S3 knows no such algorithm */
export function parseAlgorithm(name: string): ChecksumAlgorithm {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toLowerCase());
  if (found === undefined) throw new ServiceFault('InvalidRequest', `Checksum algorithm ${name} is not known.`);
  return found;
}

export function md5Hex(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
