import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnNamespace } from 'aws-cdk-lib/aws-redshiftserverless';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

/** The secret in which Redshift keeps the password that it makes and rotates. CloudFormation does not tell it, the API does. */
export class AdminSecret extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, { namespace }: { namespace: CfnNamespace }) {
    super(scope, id);
    const read = {
      service: '@aws-sdk/client-redshift-serverless',
      action: 'GetNamespace',
      parameters: { namespaceName: namespace.ref },
      outputPaths: [SECRET_ARN],
      physicalResourceId: PhysicalResourceId.of('admin-secret'),
    };
    const secret = new AwsCustomResource(this, 'Resource', {
      resourceType: 'Custom::RedshiftAdminSecret',
      installLatestAwsSdk: false,
      onCreate: read,
      onUpdate: read,
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({
          actions: ['redshift-serverless:GetNamespace'],
          resources: [namespace.attrNamespaceNamespaceArn],
        }),
      ]),
    });
    this.secretArn = secret.getResponseField(SECRET_ARN);
  }
}

const SECRET_ARN = 'namespace.adminPasswordSecretArn';
