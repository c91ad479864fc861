/** A finding of cdk-nag that is as it should be. */
export interface AcknowledgedFinding {
  readonly stack: 'stateful' | 'stateless';
  /** Path of the construct below its stack. */
  readonly at: string;
  /** The rule, and in brackets which of its findings; `{stateful}` stands for the name of that stack. */
  readonly id: string;
  readonly reason: string;
}

/** Every finding that was acknowledged, and why. Nothing else may be found, and each of these must be. */
export function acknowledgedFindings(): AcknowledgedFinding[] {
  const policies = POLICIES.flatMap(({ at, wildcards }) =>
    Object.entries(wildcards).map(
      ([resource, reason]): AcknowledgedFinding => ({
        stack: 'stateless',
        at,
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason,
      }),
    ),
  );
  return [...policies, ...OTHERS];
}

const NO_RESOURCES =
  'X-Ray has no resources to name; statements of the Data API have none either, and are bound to who started them.';
const NO_RESOURCES_OF_TRACES = 'X-Ray has no resources to name.';
const LANDED = 'Keys of files are not known before they land; the folder is the narrowest name that they share.';
const LEDGER = 'An entry a run and a file version: their keys are made by the programs.';
const STAGED = 'Folders a run: their names are made by the programs.';
const TAKEN = 'Files keep the keys under which they landed.';

const landing = exported('FnGetAttBucketsLanding6FA248B0Arn6C9E9A6B');
const archive = exported('FnGetAttBucketsArchiveCE3432CCArnEF252FF2');
const quarantine = exported('FnGetAttBucketsQuarantine81103B59Arn4BFC5FA7');
const staging = exported('FnGetAttBucketsStaging4C868D13Arn5971ABAB');
const ledger = exported('FnGetAttBucketsLedgerFDEB804AArnCA7874F2');
const programs = exported('FnGetAttBucketsPrograms2D7E0C29ArnE685BFC9');

/** The wildcards in the policies of what works. Which actions they stand with is pinned in work-permissions.test.ts. */
const POLICIES: readonly { readonly at: string; readonly wildcards: Readonly<Record<string, string>> }[] = [
  {
    at: 'Functions/files-landed/Policy',
    wildcards: { '*': NO_RESOURCES_OF_TRACES, [`${landing}/transactions/*`]: LANDED, [`${ledger}/ledger/*`]: LEDGER },
  },
  { at: 'Functions/run-finished/Policy', wildcards: { '*': NO_RESOURCES, [`${ledger}/ledger/*`]: LEDGER } },
  {
    at: 'Functions/archive/Policy',
    wildcards: {
      '*': NO_RESOURCES,
      [`${landing}/transactions/*`]: LANDED,
      [`${archive}/*`]: TAKEN,
      [`${quarantine}/*`]: TAKEN,
      [`${ledger}/ledger/*`]: LEDGER,
    },
  },
  {
    at: 'Functions/reconcile/Policy',
    wildcards: {
      '*': NO_RESOURCES,
      [`${landing}/transactions/*`]: LANDED,
      [`${archive}/*`]: TAKEN,
      [`${quarantine}/*`]: TAKEN,
      [`${ledger}/ledger/*`]: LEDGER,
    },
  },
  {
    at: 'Functions/dimensions/Policy',
    wildcards: {
      '*': NO_RESOURCES,
      [`${landing}/dimensions/*`]: LANDED,
      [`${ledger}/ledger/*`]: LEDGER,
      [`${quarantine}/*`]: TAKEN,
      [`${staging}/*`]: STAGED,
      [`${staging}/dimensions/*`]: STAGED,
    },
  },
  {
    at: 'IngestJob/Policy',
    wildcards: {
      '*': 'Metrics have no resources to name and are bound to the namespace Glue; statements of the Data API are bound to who started them.',
      [`${landing}/transactions/*`]: LANDED,
      [`${staging}/*`]: STAGED,
      [`${ledger}/ledger/*`]: LEDGER,
      [`${programs}/*`]: 'The folder is named by the content of the programs; nothing else lies in this bucket.',
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws-glue/jobs/*':
        'Glue names the log groups and streams of a job itself, below this prefix.',
    },
  },
];

const PROGRAMS_UPLOAD = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C512MiB1024MiB';
const CUSTOM_CALLS = 'AWS679f53fac002430cb0da5b7982bd2287';
const BASIC_EXECUTION =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]';
const CDKS_OWN = 'A function of CDK that runs during a deployment only; the managed policy lets it write its log.';
const UPLOAD = 'CDK grants its upload of the programs what S3 groups this way, in the bucket of the programs only.';

const OTHERS: readonly AcknowledgedFinding[] = [
  {
    stack: 'stateful',
    at: 'Warehouse/CopyRole/DefaultPolicy',
    id: 'AwsSolutions-IAM5[Resource::<BucketsStaging4C868D13.Arn>/*]',
    reason: STAGED,
  },
  {
    stack: 'stateful',
    at: 'Warehouse/Network/Vpc',
    id: 'AwsSolutions-VPC7',
    reason:
      'No route leads into or out of this network but to the staging bucket, whose access log says what was read and written.',
  },
  {
    stack: 'stateful',
    at: 'Warehouse/UsageLimit/Resource/CustomResourcePolicy',
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Usage limits have no name before they are made; the role may do nothing else and is used at deployments only.',
  },
  {
    stack: 'stateful',
    at: 'Warehouse/ProgramSecret',
    id: 'AwsSolutions-SMG4',
    reason:
      'The password is random, 64 characters long, and known to nobody. A rotation would need one more function that may be administrator; a new password is put there and given to the user by the set-up.',
  },
  { stack: 'stateful', at: `${CUSTOM_CALLS}/ServiceRole`, id: BASIC_EXECUTION, reason: CDKS_OWN },
  { stack: 'stateless', at: `${PROGRAMS_UPLOAD}/ServiceRole`, id: BASIC_EXECUTION, reason: CDKS_OWN },
  {
    stack: 'stateless',
    at: PROGRAMS_UPLOAD,
    id: 'AwsSolutions-L1',
    reason: 'CDK chooses the runtime of its own function; it moves with the version of CDK.',
  },
  ...[
    'Action::s3:GetObject*',
    'Action::s3:GetBucket*',
    'Action::s3:List*',
    'Action::s3:DeleteObject*',
    'Action::s3:Abort*',
    'Action::kms:ReEncrypt*',
    'Action::kms:GenerateDataKey*',
    `Resource::${programs}/*`,
    'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
  ].map(
    (finding): AcknowledgedFinding => ({
      stack: 'stateless',
      at: `${PROGRAMS_UPLOAD}/ServiceRole/DefaultPolicy`,
      id: `AwsSolutions-IAM5[${finding}]`,
      reason: UPLOAD,
    }),
  ),
  {
    stack: 'stateless',
    at: 'Queues/EventsDead',
    id: 'AwsSolutions-SQS3',
    reason: 'It is a queue of dead letters itself: of rules and of functions that are invoked by events.',
  },
];

/** A bucket as the other stack knows it: CDK makes the name of an export from the construct's path. */
function exported(of: string): string {
  return `{stateful}:ExportsOutput${of}`;
}
