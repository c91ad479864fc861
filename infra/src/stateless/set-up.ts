import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { WeirFunction } from './weir-function.ts';

/**
 * Has the dimensions function create the tables and the user of the programs, and load the files that lie under
 * `dimensions/`, at each deployment that changes its code or its configuration. The deployment fails where that fails.
 */
export class SetUp extends Construct {
  constructor(scope: Construct, id: string, { dimensions }: { dimensions: WeirFunction }) {
    super(scope, id);
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::WeirSetUp',
      serviceToken: dimensions.lambda.functionArn,
      // Longer than the function may take; without it a function that died would hold the deployment for an hour.
      serviceTimeout: Duration.minutes(20),
      properties: { CodeVersion: dimensions.lambda.currentVersion.version },
    });
  }
}
