import type { PolicyInput } from '@weir/core';
import type { Stack } from 'aws-cdk-lib';
import { DIMENSIONS, TRANSACTIONS } from '../permissions/work-permissions.ts';
import type { StatefulStack } from '../stateful/stateful-stack.ts';

/** The one JSON text that tells every program where everything is: `AwsConfig` of the AWS adapters. */
export function weirConfig(
  stack: Stack,
  { buckets, warehouse, notices }: StatefulStack,
  { jobName, policy }: { readonly jobName: string; readonly policy: PolicyInput },
): string {
  return stack.toJsonString({
    region: stack.region,
    landing: { bucket: buckets.landing.bucketName, folder: TRANSACTIONS },
    dimensions: { bucket: buckets.landing.bucketName, folder: DIMENSIONS },
    archive: { bucket: buckets.archive.bucketName },
    quarantine: { bucket: buckets.quarantine.bucketName },
    staging: { bucket: buckets.staging.bucketName },
    ledger: { bucket: buckets.ledger.bucketName, prefix: 'ledger/' },
    redshift: {
      database: warehouse.database,
      workgroupName: warehouse.workgroupName,
      secretArn: warehouse.secretArn,
      copyRoleArn: warehouse.copyRole.roleArn,
    },
    administrator: { secretArn: warehouse.adminSecretArn },
    glue: { jobName },
    topicArn: notices.topic.topicArn,
    policy,
    maxAttempts: 3,
  });
}
