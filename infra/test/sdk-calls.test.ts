import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { resourcesOf, synthesize } from '../src/testing/synthesized.ts';

/** What AWS asks of who sends a command. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
  BatchExecuteStatement: ['redshift-data:BatchExecuteStatement', 'secretsmanager:GetSecretValue'],
  CancelStatement: ['redshift-data:CancelStatement'],
  CompleteMultipartUpload: ['s3:PutObject'],
  CopyObject: ['s3:GetObjectVersion', 's3:GetObjectVersionTagging', 's3:PutObject', 's3:PutObjectTagging'],
  CreateMultipartUpload: ['s3:PutObject'],
  DeleteObject: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  DeleteObjects: ['s3:DeleteObject'],
  DescribeStatement: ['redshift-data:DescribeStatement'],
  ExecuteStatement: ['redshift-data:ExecuteStatement', 'secretsmanager:GetSecretValue'],
  // Anybody may ask who he is.
  GetCallerIdentity: [],
  GetJobRun: ['glue:GetJobRun'],
  GetJobRuns: ['glue:GetJobRuns'],
  GetObject: ['s3:GetObject', 's3:GetObjectVersion', 'kms:Decrypt'],
  GetSecretValue: ['secretsmanager:GetSecretValue', 'kms:Decrypt'],
  GetStatementResult: ['redshift-data:GetStatementResult'],
  HeadBucket: ['s3:ListBucket'],
  HeadObject: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
  ListObjectVersions: ['s3:ListBucketVersions'],
  ListObjectsV2: ['s3:ListBucket'],
  Publish: ['sns:Publish'],
  PutObject: ['s3:PutObject', 'kms:GenerateDataKey'],
  StartJobRun: ['glue:StartJobRun'],
  UploadPart: ['s3:PutObject', 'kms:Decrypt'],
  UploadPartCopy: ['s3:GetObjectVersion', 's3:PutObject'],
};

const { stateless } = synthesize();

test('every command that the programs send is one that some role may send, and known here', () => {
  const root = join(import.meta.dirname, '../..');
  const sources = globSync('packages/{adapters-aws,lambdas,glue-job}/src/**/*.ts', { cwd: root });
  const sent = new Set(
    sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/new (\w+)Command\(/g)].map(([, name]) => name),
    ),
  );
  expect(sent).toContain('PutObject');
  expect([...sent].filter((name) => ACTIONS[name] === undefined)).toEqual([]);

  const granted = new Set<string>(
    resourcesOf(stateless, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    ),
  );
  const missing = [...sent].flatMap((name) => ACTIONS[name]).filter((action) => !granted.has(action));
  expect(missing).toEqual([]);
});
