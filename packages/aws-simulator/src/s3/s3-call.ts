import type { FaultPlan } from '../faults/fault-plan.ts';
import type { ServiceRequest, ServiceResponse } from '../server/service.ts';
import type { MultipartUploads } from './multipart-uploads.ts';
import type { S3Notifications } from './s3-notifications.ts';
import type { S3Store } from './s3-store.ts';

/** What an operation works on. */
export interface S3Call {
  readonly request: ServiceRequest;
  readonly store: S3Store;
  readonly uploads: MultipartUploads;
  readonly notifications: S3Notifications;
  readonly faults: FaultPlan;
  readonly limits: S3Limits;
  readonly now: () => Date;
  /** Empty for operations on no bucket. */
  readonly bucketName: string;
  /** Empty for operations on a bucket. */
  readonly key: string;
}

export interface S3Limits {
  /** Bytes of every part but the last; 5 MiB on AWS. */
  readonly minPartSize: number;
  /** Bytes that one CopyObject or UploadPartCopy takes; 5 GiB on AWS. */
  readonly maxCopySize: number;
  /** Entries of one page of a list; 1,000 on AWS. */
  readonly pageSize: number;
}

export type S3Operation = (call: S3Call) => ServiceResponse | Promise<ServiceResponse>;
