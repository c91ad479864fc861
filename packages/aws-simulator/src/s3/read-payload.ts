import { createHash } from 'node:crypto';
import { ServiceFault, type ServiceRequest } from '../server/service.ts';
import { CHECKSUM_ALGORITHMS, type Checksum, digestOf } from './checksums/checksum.ts';

export interface Payload {
  readonly bytes: Buffer;
  /** What the client sent and S3 found right. */
  readonly checksum: Checksum | undefined;
}

/**
 * The body of an upload without its chunks, proved by every checksum that came with it, in a header or in the trailer.
 *
 * @throws ServiceFault `BadDigest`, `XAmzContentSHA256Mismatch`, `IncompleteBody`
 */
export function readPayload({ headers, body }: ServiceRequest): Payload {
  const declared = headers['x-amz-content-sha256'] ?? '';
  const { bytes, trailers } = declared.startsWith('STREAMING-') ? unchunk(body) : { bytes: body, trailers: {} };
  const decodedLength = headers['x-amz-decoded-content-length'];
  if (decodedLength !== undefined && Number(decodedLength) !== bytes.length) throw incomplete();
  if (/^[0-9a-f]{64}$/.test(declared) && createHash('sha256').update(bytes).digest('hex') !== declared) {
    throw new ServiceFault(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && createHash('md5').update(bytes).digest('base64') !== md5) {
    throw new ServiceFault('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return { bytes, checksum: proveChecksum(bytes, { ...headers, ...trailers }) };
}

function proveChecksum(bytes: Buffer, fields: Readonly<Record<string, string>>): Checksum | undefined {
  let proven: Checksum | undefined;
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = fields[`x-amz-checksum-${algorithm}`];
    if (value === undefined) continue;
    if (digestOf(algorithm, bytes).toString('base64') !== value) {
      throw new ServiceFault(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
    proven = { algorithm, value, type: 'FULL_OBJECT' };
  }
  return proven;
}

/** `hex-length[;extension] CRLF bytes CRLF ... 0 CRLF name:value CRLF ... CRLF` */
function unchunk(body: Buffer): { bytes: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw incomplete();
    const length = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(length)) throw incomplete();
    at = lineEnd + 2;
    if (length === 0) break;
    if (body.toString('latin1', at + length, at + length + 2) !== '\r\n') throw incomplete();
    chunks.push(body.subarray(at, at + length));
    at += length + 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of body.toString('latin1', at).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { bytes: Buffer.concat(chunks), trailers };
}

function incomplete(): ServiceFault {
  return new ServiceFault(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}
