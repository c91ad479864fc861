import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

interface NoticesProps {
  readonly stage: string;
  readonly email: string | undefined;
  readonly key: IKey;
}

/** The topic for notices of runs and for alarms. A subscription must be confirmed by its owner before it gets any. */
export class Notices extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, email, key }: NoticesProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: `weir-${stage}-notices`,
      displayName: `Weir ${stage}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
