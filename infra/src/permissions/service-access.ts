import { Aws, Fn } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './data-access.ts';

interface WarehouseName {
  readonly workgroupArn: string;
  readonly secretArn: string;
}

/**
 * Runs SQL as the user whose secret it is. Statements have no name that a policy could list: those of others are kept out by
 * the condition on who started them.
 */
export function mayQuery({ workgroupArn, secretArn }: WarehouseName): PolicyStatement[] {
  return [
    allow(['redshift-data:ExecuteStatement', 'redshift-data:BatchExecuteStatement'], [workgroupArn]),
    allow(
      ['redshift-data:DescribeStatement', 'redshift-data:GetStatementResult', 'redshift-data:CancelStatement'],
      ['*'],
      // The brackets keep CloudFormation from reading IAM's variable as one of its own.
      { StringEquals: { 'redshift-data:statement-owner-iam-userid': Fn.join('', ['$', '{aws:userid}']) } },
    ),
    allow(['secretsmanager:GetSecretValue'], [secretArn]),
  ];
}

/** Makes tables and users: signs in as the administrator too, and reads which password the programs' user is to have. */
export function maySetUp(warehouse: WarehouseName & { readonly adminSecretArn: string }): PolicyStatement[] {
  return [...mayQuery(warehouse), allow(['secretsmanager:GetSecretValue'], [warehouse.adminSecretArn])];
}

export function mayStartJob(jobArn: string): PolicyStatement[] {
  return [allow(['glue:StartJobRun', 'glue:GetJobRun', 'glue:GetJobRuns'], [jobArn])];
}

export function mayReadJob(jobArn: string): PolicyStatement[] {
  return [allow(['glue:GetJobRun', 'glue:GetJobRuns'], [jobArn])];
}

export function maySendNotices({ topicArn, keyArn }: { topicArn: string; keyArn: string }): PolicyStatement[] {
  return [allow(['sns:Publish'], [topicArn]), allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn])];
}

export function mayTakeMessages(queueArn: string): PolicyStatement[] {
  return [
    allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      [queueArn],
    ),
  ];
}

/** What every function does besides its work: logs to its own group, traces, hands on what it failed at. */
export function mayRunAsFunction({
  logGroupArn,
  deadLettersArn,
}: {
  logGroupArn: string;
  deadLettersArn: string;
}): PolicyStatement[] {
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
    allow(['sqs:SendMessage'], [deadLettersArn]),
    // X-Ray knows no resources.
    allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
  ];
}

/** What Glue does in the job's name: writes logs, under its own prefix and encrypted, and metrics. */
export function mayRunAsGlueJob({ keyArn }: { keyArn: string }): PolicyStatement[] {
  const groups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws-glue/jobs/*`;
  return [
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:AssociateKmsKey'], [groups]),
    allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': 'Glue' } }),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn]),
  ];
}
