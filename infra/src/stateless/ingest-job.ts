import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Duration, FileSystem, Size } from 'aws-cdk-lib';
import { CfnJob, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-glue';
import { Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { DeployedFiles } from '../deployed-files.ts';
import { mayRunAsGlueJob } from '../permissions/service-access.ts';

export interface IngestJobProps {
  readonly jobName: string;
  readonly workers: number;
  readonly files: DeployedFiles;
  readonly programs: Bucket;
  readonly weirConfig: string;
  readonly permissions: readonly PolicyStatement[];
  readonly dataKey: IKey;
  readonly messagesKey: IKey;
}

/** Runs at once. The lock of the warehouse lets one commit at a time; others read and check their files meanwhile. */
const CONCURRENT_RUNS = 5;

/** The Spark job, with its programs in S3 under a folder that is named by their content: a run keeps what it started with. */
export class IngestJob extends Construct {
  readonly job: CfnJob;

  constructor(scope: Construct, id: string, props: IngestJobProps) {
    super(scope, id);
    const { files, programs } = props;
    const paths = [files.driver, files.job, files.worker, files.nodeWheel];
    const folder = `glue/${hashOf(paths)}`;
    const gathered = gather(paths);
    const uploaded = new BucketDeployment(this, 'Programs', {
      // One by one under their own names: pip reads a wheel's name, and the driver starts its programs by theirs.
      sources: [Source.asset(gathered)],
      destinationBucket: programs as IBucket,
      destinationKeyPrefix: folder,
      prune: false,
      retainOnDelete: true,
      memoryLimit: 512,
      ephemeralStorageSize: Size.mebibytes(1024),
    });
    // By now CDK has a copy of its own.
    rmSync(gathered, { recursive: true });
    const at = (path: string) => programs.s3UrlForObject(`${folder}/${basename(path)}`);

    const role = new Role(this, 'Role', {
      description: `What the Glue job ${props.jobName} may do`,
      assumedBy: new ServicePrincipal('glue.amazonaws.com'),
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [...props.permissions, ...mayRunAsGlueJob({ keyArn: props.messagesKey.keyArn })],
    });
    const encryption = new CfnSecurityConfiguration(this, 'Encryption', {
      name: props.jobName,
      encryptionConfiguration: {
        s3Encryptions: [{ s3EncryptionMode: 'SSE-KMS', kmsKeyArn: props.dataKey.keyArn }],
        cloudWatchEncryption: { cloudWatchEncryptionMode: 'SSE-KMS', kmsKeyArn: props.messagesKey.keyArn },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: 'CSE-KMS', kmsKeyArn: props.dataKey.keyArn },
      },
    });

    this.job = new CfnJob(this, 'Job', {
      name: props.jobName,
      description: 'Reads, checks and enriches the files of one run and commits them',
      role: role.roleArn,
      // Never left to Glue's default, which moves.
      glueVersion: '5.1',
      command: { name: 'glueetl', pythonVersion: '3', scriptLocation: at(files.driver) },
      workerType: 'G.1X',
      numberOfWorkers: props.workers,
      executionClass: 'STANDARD',
      executionProperty: { maxConcurrentRuns: CONCURRENT_RUNS },
      // Retries are the ledger's business: a retry of Glue's would run under an id that nobody planned.
      maxRetries: 0,
      timeout: Duration.hours(3).toMinutes(),
      securityConfiguration: encryption.ref,
      defaultArguments: {
        '--weir-config': props.weirConfig,
        '--additional-python-modules': at(files.nodeWheel),
        '--extra-files': [at(files.job), at(files.worker)].join(','),
        '--job-bookmark-option': 'job-bookmark-disable',
        '--job-language': 'python',
        '--enable-metrics': 'true',
        '--enable-observability-metrics': 'true',
        '--enable-continuous-cloudwatch-log': 'true',
      },
    });
    this.job.node.addDependency(uploaded, policy);
  }
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${basename(path)}\n`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

function gather(paths: readonly string[]): string {
  const folder = FileSystem.mkdtemp('weir-glue-');
  for (const path of paths) copyFileSync(path, join(folder, basename(path)));
  return folder;
}
