import type { FaultPlan } from '../faults/fault-plan.ts';
import { escapeXml } from '../server/escape-xml.ts';
import type { ObjectAccess } from '../server/object-access.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { refuseUnknownHeaders } from './object-headers.ts';
import { OPERATIONS, operationOf, splitPath } from './operation-of.ts';
import type { S3Limits } from './s3-call.ts';
import type { S3Notifications } from './s3-notifications.ts';
import { S3Store } from './s3-store.ts';
import { element } from './xml.ts';

const AWS_LIMITS: S3Limits = { minPartSize: 5 * 2 ** 20, maxCopySize: 5 * 2 ** 30, pageSize: 1000 };

/** Longer keys are refused, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** S3 in path style. */
export class S3Service implements SimulatedService, ObjectAccess {
  readonly target = 'S3';
  readonly throttle = { code: 'SlowDown', status: 503 };
  readonly store: S3Store;
  readonly uploads = new MultipartUploads();
  readonly notifications: S3Notifications;
  private readonly faults: FaultPlan;
  private readonly limits: S3Limits;
  private readonly now: () => Date;

  constructor(options: {
    now: () => Date;
    faults: FaultPlan;
    notifications: S3Notifications;
    limits?: Partial<S3Limits>;
  }) {
    const { now, faults, notifications, limits } = options;
    this.now = now;
    this.faults = faults;
    this.notifications = notifications;
    this.limits = { ...AWS_LIMITS, ...limits };
    this.store = new S3Store(now, (change, requestId) => notifications.notify(change, requestId));
  }

  operationOf(request: ServiceRequest): string {
    return operationOf(request);
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const name = operationOf(request);
    const operation = OPERATIONS[name];
    if (operation === undefined) throw notImplemented(name);
    refuseUnknownHeaders(request);
    const { bucketName, encodedKey } = splitPath(request.path);
    const { store, uploads, notifications, faults, limits, now } = this;
    const key = decodeKey(encodedKey);
    return operation({ request, store, uploads, notifications, faults, limits, now, bucketName, key });
  }

  encodeFault({ code, message, status, fields, headers }: ServiceFault, request: ServiceRequest): ServiceResponse {
    if (request.method === 'HEAD' || status === 304) return { status, headers };
    const details = Object.entries(fields).map(([name, value]) => element(name, String(value)));
    const inner = [
      element('Code', code),
      element('Message', message),
      ...details,
      element('RequestId', request.requestId),
    ];
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.map(({ text }) => text).join('')}<Resource>${escapeXml(request.path)}</Resource></Error>`;
    return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
  }

  read(bucket: string, key: string): Buffer | undefined {
    const current = this.store.find(bucket)?.current(key);
    return current?.kind === 'object' ? current.body : undefined;
  }

  keysBelow(bucketName: string, prefix: string): readonly string[] {
    const bucket = this.store.find(bucketName);
    if (bucket === undefined) return [];
    return bucket.keys().filter((key) => key.startsWith(prefix) && bucket.current(key)?.kind === 'object');
  }

  write(bucket: string, key: string, body: Uint8Array, modifiedAt?: Date): void {
    const object = { key, body: Buffer.from(body), ...(modifiedAt && { modifiedAt }) };
    this.store.put(this.store.bucket(bucket), object, 'PutObject', 'SIMULATOR');
  }

  remove(bucket: string, key: string): void {
    this.store.delete(this.store.bucket(bucket), key, undefined, 'SIMULATOR');
  }
}

function decodeKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw new ServiceFault('InvalidURI', "Couldn't parse the specified URI.");
  }
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new ServiceFault('KeyTooLongError', 'Your key is too long');
  return key;
}
