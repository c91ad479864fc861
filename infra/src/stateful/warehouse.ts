import type { RemovalPolicy } from 'aws-cdk-lib';
import { CompositePrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnNamespace, CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { DeploymentOptions } from '../deployment-options.ts';
import { mayCopyAndUnload } from '../permissions/data-access.ts';
import { AdminSecret } from './admin-secret.ts';
import { ProgramSecret } from './program-secret.ts';
import { UsageLimit } from './usage-limit.ts';
import { WarehouseNetwork } from './warehouse-network.ts';

interface WarehouseProps {
  readonly options: DeploymentOptions;
  readonly key: IKey;
  readonly staging: Bucket;
  readonly removalPolicy: RemovalPolicy;
}

/** Redshift Serverless: a namespace (the data) and a workgroup (the compute), asleep and free of charge between runs. */
export class Warehouse extends Construct {
  readonly database = 'weir';
  readonly workgroupName: string;
  readonly workgroupArn: string;
  readonly copyRole: Role;
  /** Of the user as whom all programs sign in. */
  readonly secretArn: string;
  /** Of the administrator, for the set-up alone. Redshift makes and rotates the password; nobody ever types it. */
  readonly adminSecretArn: string;

  constructor(scope: Construct, id: string, { options, key, staging, removalPolicy }: WarehouseProps) {
    super(scope, id);
    this.copyRole = new Role(this, 'CopyRole', {
      description: 'What COPY and UNLOAD may do',
      assumedBy: new CompositePrincipal(
        new ServicePrincipal('redshift.amazonaws.com'),
        new ServicePrincipal('redshift-serverless.amazonaws.com'),
      ),
    });
    for (const statement of mayCopyAndUnload({ staging, key })) this.copyRole.addToPolicy(statement);

    const namespace = new CfnNamespace(this, 'Namespace', {
      namespaceName: `weir-${options.stage}`,
      dbName: this.database,
      adminUsername: 'weiradmin',
      manageAdminPassword: true,
      kmsKeyId: key.keyArn,
      iamRoles: [this.copyRole.roleArn],
      defaultIamRoleArn: this.copyRole.roleArn,
      logExports: ['userlog', 'connectionlog', 'useractivitylog'],
    });
    namespace.applyRemovalPolicy(removalPolicy);
    this.adminSecretArn = new AdminSecret(this, 'AdminSecret', { namespace }).secretArn;
    this.secretArn = new ProgramSecret(this, 'ProgramSecret', { key, removalPolicy }).secretArn;

    const network = new WarehouseNetwork(this, 'Network', { staging });
    const workgroup = new CfnWorkgroup(this, 'Workgroup', {
      workgroupName: `weir-${options.stage}`,
      namespaceName: namespace.ref,
      baseCapacity: options.baseCapacity,
      maxCapacity: options.maxCapacity,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      subnetIds: network.subnetIds,
      securityGroupIds: [network.securityGroup.securityGroupId],
      configParameters: [
        { parameterKey: 'require_ssl', parameterValue: 'true' },
        // Seconds. A statement that runs away must not run all night.
        { parameterKey: 'max_query_execution_time', parameterValue: '7200' },
      ],
    });
    this.workgroupName = workgroup.ref;
    this.workgroupArn = workgroup.attrWorkgroupWorkgroupArn;
    new UsageLimit(this, 'UsageLimit', { workgroupArn: this.workgroupArn, dailyRpuHours: options.dailyRpuHours });
  }
}
