import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Only the names of things: what may be done with them is said here, not by their constructs. */
interface BucketName {
  readonly bucketArn: string;
  arnForObjects(pattern: string): string;
}
interface KeyName {
  readonly keyArn: string;
}

/** Without s3:ListBucket a missing object reads as "forbidden", and nobody could tell it from a fault. */
const TELL_MISSING = 's3:ListBucket';

export function mayReadLanded(landing: BucketName, folder: string): PolicyStatement[] {
  return [
    allow([TELL_MISSING, 's3:ListBucketVersions'], [landing.bucketArn]),
    allow(['s3:GetObject', 's3:GetObjectVersion'], [landing.arnForObjects(`${folder}*`)]),
  ];
}

/** Copies one version with its tags and deletes just that version. */
export function mayTakeAwayLanded(landing: BucketName, folder: string): PolicyStatement[] {
  return [
    ...mayReadLanded(landing, folder),
    allow(['s3:GetObjectVersionTagging', 's3:DeleteObjectVersion'], [landing.arnForObjects(`${folder}*`)]),
  ];
}

/** Adds files, reads them back, and takes a copy that came out wrong away again by its version. */
export function mayTakeInto(store: BucketName): PolicyStatement[] {
  return [
    allow([TELL_MISSING], [store.bucketArn]),
    allow(
      [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObject',
        's3:PutObjectTagging',
        's3:AbortMultipartUpload',
        's3:DeleteObjectVersion',
      ],
      [store.arnForObjects('*')],
    ),
  ];
}

/** Writes staged files and manifests and reads them back. */
export function mayStage(staging: BucketName): PolicyStatement[] {
  return [
    allow([TELL_MISSING], [staging.bucketArn]),
    allow(['s3:GetObject', 's3:PutObject'], [staging.arnForObjects('*')]),
  ];
}

/** Staged dimension files hold names and addresses of customers: they are removed when they are loaded. */
export function mayRemoveStagedDimensions(staging: BucketName): PolicyStatement[] {
  return [allow(['s3:DeleteObject'], [staging.arnForObjects('dimensions/*')])];
}

/** Creates and replaces entries under conditions, and moves closed ones. */
export function mayKeepLedger(ledger: BucketName): PolicyStatement[] {
  return [
    allow([TELL_MISSING], [ledger.bucketArn]),
    allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [ledger.arnForObjects('ledger/*')]),
  ];
}

export function mayReadPrograms(programs: BucketName): PolicyStatement[] {
  return [
    allow([TELL_MISSING, 's3:GetBucketLocation'], [programs.bucketArn]),
    allow(['s3:GetObject'], [programs.arnForObjects('*')]),
  ];
}

export function mayUseDataKey(key: KeyName): PolicyStatement[] {
  return [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn])];
}

export function mayCopyAndUnload({ staging, key }: { staging: BucketName; key: KeyName }): PolicyStatement[] {
  return [
    allow(['s3:ListBucket', 's3:GetBucketLocation'], [staging.bucketArn]),
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      [staging.arnForObjects('*')],
    ),
    ...mayUseDataKey(key),
  ];
}

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, Record<string, string>>,
): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
}
