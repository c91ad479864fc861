import { describe, expect, test } from '@jest/globals';
import { synthesize } from '../src/testing/synthesized.ts';
import { permissionsOf } from './support/read-policies.ts';

/** What each role may do, as `action resource`. A change here is a change of what somebody may do: read it as one. */
const LEDGER = [
  's3:DeleteObject Ledger/ledger/*',
  's3:GetObject Ledger/ledger/*',
  's3:ListBucket Ledger',
  's3:PutObject Ledger/ledger/*',
];

const DATA = ['kms:Decrypt Data', 'kms:GenerateDataKey Data'];

const OWN = `if redshift-data:statement-owner-iam-userid StringEquals \${aws:userid}`;

const QUERY = [
  'redshift-data:BatchExecuteStatement Workgroup',
  `redshift-data:CancelStatement * ${OWN}`,
  `redshift-data:DescribeStatement * ${OWN}`,
  'redshift-data:ExecuteStatement Workgroup',
  `redshift-data:GetStatementResult * ${OWN}`,
  'secretsmanager:GetSecretValue ProgramSecret',
];

const asFunction = (name: string) => [
  `logs:CreateLogStream ${name}Logs`,
  `logs:PutLogEvents ${name}Logs`,
  'sqs:SendMessage EventsDead',
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];

const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'files-landed': [
    ...asFunction('fileslanded'),
    ...LEDGER,
    ...DATA,
    'glue:GetJobRun job/weir-test-ingest',
    'glue:GetJobRuns job/weir-test-ingest',
    'glue:StartJobRun job/weir-test-ingest',
    's3:GetObject Landing/transactions/*',
    's3:GetObjectVersion Landing/transactions/*',
    's3:ListBucket Landing',
    's3:ListBucketVersions Landing',
    'sqs:ChangeMessageVisibility Landed',
    'sqs:DeleteMessage Landed',
    'sqs:GetQueueAttributes Landed',
    'sqs:ReceiveMessage Landed',
  ],
  'run-finished': [
    ...asFunction('runfinished'),
    ...QUERY,
    ...LEDGER,
    ...DATA,
    'glue:GetJobRun job/weir-test-ingest',
    'glue:GetJobRuns job/weir-test-ingest',
    'glue:StartJobRun job/weir-test-ingest',
    'kms:Decrypt Messages',
    'kms:GenerateDataKey Messages',
    'sns:Publish Topic',
  ],
  archive: [
    ...asFunction('archive'),
    ...QUERY,
    ...LEDGER,
    ...DATA,
    'glue:GetJobRun job/weir-test-ingest',
    'glue:GetJobRuns job/weir-test-ingest',
    's3:AbortMultipartUpload Archive/*',
    's3:AbortMultipartUpload Quarantine/*',
    's3:DeleteObjectVersion Archive/*',
    's3:DeleteObjectVersion Landing/transactions/*',
    's3:DeleteObjectVersion Quarantine/*',
    's3:GetObject Archive/*',
    's3:GetObject Landing/transactions/*',
    's3:GetObject Quarantine/*',
    's3:GetObjectVersion Archive/*',
    's3:GetObjectVersion Landing/transactions/*',
    's3:GetObjectVersion Quarantine/*',
    's3:GetObjectVersionTagging Landing/transactions/*',
    's3:ListBucket Archive',
    's3:ListBucket Landing',
    's3:ListBucket Quarantine',
    's3:ListBucketVersions Landing',
    's3:PutObject Archive/*',
    's3:PutObject Quarantine/*',
    's3:PutObjectTagging Archive/*',
    's3:PutObjectTagging Quarantine/*',
  ],
  reconcile: [
    ...asFunction('reconcile'),
    ...QUERY,
    ...LEDGER,
    ...DATA,
    'glue:GetJobRun job/weir-test-ingest',
    'glue:GetJobRuns job/weir-test-ingest',
    'glue:StartJobRun job/weir-test-ingest',
    'kms:Decrypt Messages',
    'kms:GenerateDataKey Messages',
    's3:AbortMultipartUpload Archive/*',
    's3:AbortMultipartUpload Quarantine/*',
    's3:DeleteObjectVersion Archive/*',
    's3:DeleteObjectVersion Landing/transactions/*',
    's3:DeleteObjectVersion Quarantine/*',
    's3:GetObject Archive/*',
    's3:GetObject Landing/transactions/*',
    's3:GetObject Quarantine/*',
    's3:GetObjectVersion Archive/*',
    's3:GetObjectVersion Landing/transactions/*',
    's3:GetObjectVersion Quarantine/*',
    's3:GetObjectVersionTagging Landing/transactions/*',
    's3:ListBucket Archive',
    's3:ListBucket Landing',
    's3:ListBucket Quarantine',
    's3:ListBucketVersions Landing',
    's3:PutObject Archive/*',
    's3:PutObject Quarantine/*',
    's3:PutObjectTagging Archive/*',
    's3:PutObjectTagging Quarantine/*',
    'sns:Publish Topic',
  ],
  dimensions: [
    ...asFunction('dimensions'),
    ...LEDGER,
    ...QUERY,
    ...DATA,
    'secretsmanager:GetSecretValue AdminSecret',
    'kms:Decrypt Messages',
    'kms:GenerateDataKey Messages',
    's3:AbortMultipartUpload Quarantine/*',
    's3:DeleteObject Staging/dimensions/*',
    's3:DeleteObjectVersion Landing/dimensions/*',
    's3:DeleteObjectVersion Quarantine/*',
    's3:GetObject Landing/dimensions/*',
    's3:GetObject Quarantine/*',
    's3:GetObject Staging/*',
    's3:GetObjectVersion Landing/dimensions/*',
    's3:GetObjectVersion Quarantine/*',
    's3:GetObjectVersionTagging Landing/dimensions/*',
    's3:ListBucket Landing',
    's3:ListBucket Quarantine',
    's3:ListBucket Staging',
    's3:ListBucketVersions Landing',
    's3:PutObject Quarantine/*',
    's3:PutObject Staging/*',
    's3:PutObjectTagging Quarantine/*',
    'sns:Publish Topic',
    'sqs:ChangeMessageVisibility Dimensions',
    'sqs:DeleteMessage Dimensions',
    'sqs:GetQueueAttributes Dimensions',
    'sqs:ReceiveMessage Dimensions',
  ],
  'glue-job': [
    ...QUERY,
    ...LEDGER,
    ...DATA,
    'cloudwatch:PutMetricData * if cloudwatch:namespace StringEquals Glue',
    'kms:Decrypt Messages',
    'kms:GenerateDataKey Messages',
    'logs:AssociateKmsKey log-group:/aws-glue/jobs/*',
    'logs:CreateLogGroup log-group:/aws-glue/jobs/*',
    'logs:CreateLogStream log-group:/aws-glue/jobs/*',
    'logs:PutLogEvents log-group:/aws-glue/jobs/*',
    's3:GetObject Landing/transactions/*',
    's3:GetBucketLocation Programs',
    's3:GetObject Programs/*',
    's3:GetObject Staging/*',
    's3:GetObjectVersion Landing/transactions/*',
    's3:ListBucket Landing',
    's3:ListBucket Programs',
    's3:ListBucket Staging',
    's3:ListBucketVersions Landing',
    's3:PutObject Staging/*',
  ],
  'COPY and UNLOAD': [
    ...DATA,
    's3:AbortMultipartUpload Staging/*',
    's3:GetBucketLocation Staging',
    's3:GetObject Staging/*',
    's3:ListBucket Staging',
    's3:ListMultipartUploadParts Staging/*',
    's3:PutObject Staging/*',
  ],
};

const POLICIES = {
  'files-landed': ['stateless', /^Functionsfileslanded/],
  'run-finished': ['stateless', /^Functionsrunfinished/],
  archive: ['stateless', /^Functionsarchive/],
  reconcile: ['stateless', /^Functionsreconcile/],
  dimensions: ['stateless', /^Functionsdimensions/],
  'glue-job': ['stateless', /^IngestJob/],
  'COPY and UNLOAD': ['stateful', /^WarehouseCopyRole/],
} as const;

describe('permissions', () => {
  const templates = synthesize();

  test.each(Object.entries(POLICIES))('%s may do just what is listed', (name, [stack, policy]) => {
    expect(permissionsOf(templates[stack], policy)).toEqual([...PERMISSIONS[name]].sort());
  });

  test('nothing but these, the upload of the programs and two calls at deployment has a policy', () => {
    const others = (['stateful', 'stateless'] as const).flatMap((stack) =>
      Object.keys(templates[stack].findResources('AWS::IAM::Policy')).filter(
        (id) => !Object.values(POLICIES).some(([of, pattern]) => of === stack && pattern.test(id)),
      ),
    );
    expect(others.map((id) => id.replace(/[0-9A-F]{8}.*$/, ''))).toEqual([
      'WarehouseAdminSecretCustomResourcePolicy',
      'WarehouseUsageLimitCustomResourcePolicy',
      'CustomCDKBucketDeployment',
    ]);
  });

  test('the set-up alone signs in as the administrator', () => {
    const may = (secret: string) =>
      Object.keys(PERMISSIONS).filter((name) => PERMISSIONS[name].includes(`secretsmanager:GetSecretValue ${secret}`));
    expect(may('AdminSecret')).toEqual(['dimensions']);
    expect(may('ProgramSecret')).toEqual(['run-finished', 'archive', 'reconcile', 'dimensions', 'glue-job']);
  });

  test.each([
    ['files-landed', 'ProgramSecret'],
    ['COPY and UNLOAD', 'ProgramSecret'],
    ['files-landed', 'Staging'],
    ['run-finished', 'Landing'],
    ['archive', 'Topic'],
    ['dimensions', 'Archive'],
    ['files-landed', 'Archive'],
    ['glue-job', 'Archive'],
    ['glue-job', 'Topic'],
  ])('%s has nothing to do with %s', (name, thing) => {
    expect(PERMISSIONS[name].filter((line) => line.includes(` ${thing}`))).toEqual([]);
  });
});
