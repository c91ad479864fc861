import { randomBytes } from 'node:crypto';
import { ServiceFault } from '../server/service.ts';
import { type Checksum, type ChecksumAlgorithm, digestOf, md5Hex } from './checksums/checksum.ts';

export interface UploadedPart {
  readonly body: Buffer;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly lastModified: Date;
}

export interface MultipartUpload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly checksumType: Checksum['type'];
  readonly initiated: Date;
  readonly parts: Map<number, UploadedPart>;
}

/** What a client says of a part when it completes an upload. */
export interface NamedPart {
  readonly partNumber: number;
  readonly etag: string;
}

/** Uploads under way: whatever is neither completed nor aborted lies here, and costs money on AWS. */
export class MultipartUploads {
  private readonly open = new Map<string, MultipartUpload>();

  create(fields: Omit<MultipartUpload, 'id' | 'parts'>): MultipartUpload {
    const upload = { ...fields, id: randomBytes(48).toString('base64url'), parts: new Map<number, UploadedPart>() };
    this.open.set(upload.id, upload);
    return upload;
  }

  /** @throws ServiceFault `NoSuchUpload`, also where the upload was completed already */
  find(bucket: string, key: string, id: string): MultipartUpload {
    const upload = this.open.get(id);
    if (upload?.bucket === bucket && upload.key === key) return upload;
    throw new ServiceFault(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    );
  }

  of(bucket: string): readonly MultipartUpload[] {
    return [...this.open.values()].filter((upload) => upload.bucket === bucket);
  }

  drop(id: string): void {
    this.open.delete(id);
  }
}

export interface AssembledObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
}

/** @throws ServiceFault `MalformedXML`, `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall` */
export function assemble(upload: MultipartUpload, named: readonly NamedPart[], minPartSize: number): AssembledObject {
  if (named.length === 0) throw new ServiceFault('MalformedXML', 'You must specify at least one part');
  const parts = named.map(({ partNumber, etag }, i) => {
    if (i > 0 && partNumber <= named[i - 1]!.partNumber) {
      throw new ServiceFault('InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    const part = upload.parts.get(partNumber);
    if (part === undefined || part.etag !== etag.replace(/^"|"$/g, '')) {
      throw new ServiceFault('InvalidPart', `Part ${partNumber} could not be found or its ETag does not match.`, 400);
    }
    if (part.body.length < minPartSize && i < named.length - 1) {
      throw new ServiceFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
        fields: { PartNumber: partNumber, ProposedSize: part.body.length, MinSizeAllowed: minPartSize },
      });
    }
    return part;
  });
  const body = Buffer.concat(parts.map((part) => part.body));
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
  return { body, etag: `${md5Hex(digests)}-${parts.length}`, checksum: combine(upload, parts, body) };
}

function combine(upload: MultipartUpload, parts: readonly UploadedPart[], body: Buffer): Checksum | undefined {
  const { checksumAlgorithm: algorithm, checksumType: type } = upload;
  if (algorithm === undefined) return undefined;
  if (type === 'FULL_OBJECT') return { algorithm, type, value: digestOf(algorithm, body).toString('base64') };
  const digests = Buffer.concat(parts.map((part) => digestOf(algorithm, part.body)));
  return { algorithm, type, value: `${digestOf(algorithm, digests).toString('base64')}-${parts.length}` };
}
