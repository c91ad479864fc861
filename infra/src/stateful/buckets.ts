import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** All buckets. Their names are made by CloudFormation, so that a second deployment never meets a kept bucket of the first. */
export class Buckets extends Construct {
  /** Where shops drop files. Versioned: each version of a key is a delivery. */
  readonly landing: Bucket;
  readonly archive: Bucket;
  readonly quarantine: Bucket;
  /** What is on its way between Spark and the warehouse; may be deleted at any time when no run is open. */
  readonly staging: Bucket;
  /** Which run has which file. */
  readonly ledger: Bucket;
  /** The programs of the Glue job. */
  readonly programs: Bucket;

  constructor(scope: Construct, id: string, { key, removalPolicy }: { key: IKey; removalPolicy: RemovalPolicy }) {
    super(scope, id);
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...CLOSED,
      // S3 delivers access logs to no bucket that is encrypted with a key of ours.
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy,
      lifecycleRules: [abortUploads(1), { id: 'expire', expiration: Duration.days(90) }],
    });
    const bucket = (name: string, props: BucketProps) =>
      new Bucket(this, name, {
        ...CLOSED,
        encryption: BucketEncryption.KMS,
        encryptionKey: key,
        // One call to KMS for many objects instead of one each.
        bucketKeyEnabled: true,
        serverAccessLogsBucket: accessLogs as IBucket,
        serverAccessLogsPrefix: `${name.toLowerCase()}/`,
        removalPolicy,
        ...props,
      });

    this.landing = bucket('Landing', {
      versioned: true,
      lifecycleRules: [abortUploads(7), { id: 'tidy-delete-markers', expiredObjectDeleteMarker: true }],
    });
    // The bucket's own property: CDK's option would bring a function and a role to set it.
    (this.landing.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    this.archive = bucket('Archive', {
      versioned: true,
      // Both classes are read at once: a replay needs no restore.
      lifecycleRules: [
        abortUploads(7),
        colder(StorageClass.INFREQUENT_ACCESS, 30),
        colder(StorageClass.GLACIER_INSTANT_RETRIEVAL, 120),
      ],
    });
    this.quarantine = bucket('Quarantine', {
      versioned: true,
      lifecycleRules: [abortUploads(7), colder(StorageClass.INFREQUENT_ACCESS, 90)],
    });
    this.staging = bucket('Staging', {
      lifecycleRules: [abortUploads(1), { id: 'expire', expiration: Duration.days(14) }],
    });
    this.ledger = bucket('Ledger', {
      lifecycleRules: [
        abortUploads(1),
        { id: 'expire-claims', prefix: 'ledger/claims/', expiration: Duration.days(400) },
        { id: 'expire-closed-runs', prefix: 'ledger/runs/closed/', expiration: Duration.days(400) },
      ],
    });
    this.programs = bucket('Programs', { lifecycleRules: [abortUploads(1)] });
  }
}

const CLOSED = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
};

function abortUploads(days: number): LifecycleRule {
  return { id: 'abort-unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(days) };
}

function colder(storageClass: StorageClass, days: number): LifecycleRule {
  const name = storageClass === StorageClass.INFREQUENT_ACCESS ? 'infrequent' : 'glacier-instant';
  return {
    id: name,
    transitions: [{ storageClass, transitionAfter: Duration.days(days) }],
    noncurrentVersionTransitions: [{ storageClass, transitionAfter: Duration.days(days) }],
  };
}
