import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** Two keys, both rotated each year: one for data, which no service may use by itself, one for messages and logs. */
export class EncryptionKeys extends Construct {
  /** Buckets and the warehouse. */
  readonly data: Key;
  /** The topic and log groups: alarms and CloudWatch Logs use it without a role of ours. */
  readonly messages: Key;

  constructor(scope: Construct, id: string, { stage, removalPolicy }: { stage: string; removalPolicy: RemovalPolicy }) {
    super(scope, id);
    this.data = new Key(this, 'Data', {
      alias: `weir-${stage}-data`,
      description: `Weir ${stage}: buckets and warehouse`,
      enableKeyRotation: true,
      removalPolicy,
    });
    this.messages = new Key(this, 'Messages', {
      alias: `weir-${stage}-messages`,
      description: `Weir ${stage}: notices and logs`,
      enableKeyRotation: true,
      removalPolicy,
    });
    this.messages.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsToTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.messages.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogGroups',
        principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
          },
        },
      }),
    );
  }
}
