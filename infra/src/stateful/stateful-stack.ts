import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeploymentOptions } from '../deployment-options.ts';
import { Buckets } from './buckets.ts';
import { EncryptionKeys } from './encryption-keys.ts';
import { Notices } from './notices.ts';
import { Warehouse } from './warehouse.ts';

/** What holds data or somebody's subscription. It stays when everything else is removed. */
export class StatefulStack extends Stack {
  readonly keys: EncryptionKeys;
  readonly buckets: Buckets;
  readonly warehouse: Warehouse;
  readonly notices: Notices;

  constructor(scope: Construct, id: string, options: DeploymentOptions) {
    super(scope, id, { description: `Weir ${options.stage}: buckets, warehouse, topic, keys` });
    const removalPolicy = options.dataRemoval === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    const { stage, email } = options;

    this.keys = new EncryptionKeys(this, 'Keys', { stage, removalPolicy });
    this.buckets = new Buckets(this, 'Buckets', { key: this.keys.data, removalPolicy });
    this.warehouse = new Warehouse(this, 'Warehouse', {
      options,
      key: this.keys.data,
      staging: this.buckets.staging,
      removalPolicy,
    });
    this.notices = new Notices(this, 'Notices', { stage, email, key: this.keys.messages });

    for (const name of ['landing', 'archive', 'quarantine', 'staging', 'ledger', 'programs'] as const) {
      new CfnOutput(this, `${name[0].toUpperCase()}${name.slice(1)}Bucket`, { value: this.buckets[name].bucketName });
    }
    new CfnOutput(this, 'DataKey', { value: this.keys.data.keyArn });
    new CfnOutput(this, 'Workgroup', { value: this.warehouse.workgroupName });
    new CfnOutput(this, 'Database', { value: this.warehouse.database });
    new CfnOutput(this, 'WarehouseSecret', { value: this.warehouse.secretArn });
    new CfnOutput(this, 'WarehouseAdminSecret', { value: this.warehouse.adminSecretArn });
    new CfnOutput(this, 'CopyRole', { value: this.warehouse.copyRole.roleArn });
    new CfnOutput(this, 'NoticesTopic', { value: this.notices.topic.topicArn });
    const landing = this.buckets.landing.bucketName;
    new CfnOutput(this, 'UploadDimensions', {
      value: `aws s3 cp products.csv s3://${landing}/dimensions/products.csv && aws s3 cp customers.csv s3://${landing}/dimensions/customers.csv`,
    });
    new CfnOutput(this, 'UploadTransactions', {
      value: `aws s3 cp --recursive transactions s3://${landing}/transactions/`,
    });
  }
}
