import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

const SERVICE = '@aws-sdk/client-redshift-serverless';

/** What bounds the cost of the warehouse. CloudFormation has no resource for it, so the API is called. */
export class UsageLimit extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { workgroupArn, dailyRpuHours }: { workgroupArn: string; dailyRpuHours: number },
  ) {
    super(scope, id);
    const limit = { amount: dailyRpuHours, breachAction: 'deactivate' };
    new AwsCustomResource(this, 'Resource', {
      resourceType: 'Custom::RedshiftUsageLimit',
      installLatestAwsSdk: false,
      onCreate: {
        service: SERVICE,
        action: 'CreateUsageLimit',
        parameters: { resourceArn: workgroupArn, usageType: 'serverless-compute', period: 'daily', ...limit },
        physicalResourceId: PhysicalResourceId.fromResponse('usageLimit.usageLimitId'),
      },
      onUpdate: {
        service: SERVICE,
        action: 'UpdateUsageLimit',
        parameters: { usageLimitId: new PhysicalResourceIdReference(), ...limit },
        physicalResourceId: PhysicalResourceId.fromResponse('usageLimit.usageLimitId'),
      },
      onDelete: {
        service: SERVICE,
        action: 'DeleteUsageLimit',
        parameters: { usageLimitId: new PhysicalResourceIdReference() },
        // It goes with its workgroup.
        ignoreErrorCodesMatching: 'ResourceNotFound',
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['CreateUsageLimit', 'UpdateUsageLimit', 'DeleteUsageLimit'].map(
            (name) => `redshift-serverless:${name}`,
          ),
          resources: ['*'],
        }),
      ]),
    });
  }
}
