import { describe, expect, test } from '@jest/globals';
import { resourcesOf, synthesize } from '../src/testing/synthesized.ts';
import { shortName } from './support/read-policies.ts';

const { stateful } = synthesize();

describe('buckets', () => {
  const buckets = resourcesOf(stateful, 'AWS::S3::Bucket');
  const byName = Object.fromEntries(buckets.map(([id, bucket]) => [shortName({ Ref: id }), bucket]));
  const own = Object.entries(byName).filter(([name]) => name !== 'AccessLogs');

  test('there are seven, and each is kept when its stack goes', () => {
    expect(Object.keys(byName).sort()).toEqual(
      ['AccessLogs', 'Archive', 'Landing', 'Ledger', 'Programs', 'Quarantine', 'Staging'].sort(),
    );
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of buckets) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
  });

  test.each(buckets)('%s lets nobody in from outside', (_id, { Properties }) => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test.each(own)('%s is encrypted with the key for data and logs who reads it', (name, { Properties }) => {
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
    expect(shortName(rule.ServerSideEncryptionByDefault.KMSMasterKeyID)).toBe('Data');
    expect(rule.BucketKeyEnabled).toBe(true);
    expect(Properties.LoggingConfiguration.LogFilePrefix).toBe(`${name.toLowerCase()}/`);
  });

  test.each(buckets)('%s takes no request without TLS 1.2', (id) => {
    const policies = resourcesOf(stateful, 'AWS::S3::BucketPolicy').filter(
      ([, { Properties }]) => Properties.Bucket.Ref === id,
    );
    const denied = policies.flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Deny').map(
        ({ Action, Condition }: { Action: string; Condition: unknown }) => [Action, Condition],
      ),
    );
    expect(denied).toEqual([
      ['s3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['s3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    ]);
  });

  test('only the landing bucket tells EventBridge', () => {
    const telling = own.filter(([, { Properties }]) => Properties.NotificationConfiguration !== undefined);
    expect(telling.map(([name, { Properties }]) => [name, Properties.NotificationConfiguration])).toEqual([
      ['Landing', { EventBridgeConfiguration: { EventBridgeEnabled: true } }],
    ]);
  });

  test('what shops sent keeps its versions', () => {
    const versioned = own.filter(([, { Properties }]) => Properties.VersioningConfiguration?.Status === 'Enabled');
    expect(versioned.map(([name]) => name).sort()).toEqual(['Archive', 'Landing', 'Quarantine']);
  });

  test('nothing that shops sent ever expires; what is on its way does, and so does an old ledger', () => {
    const expiring = own.flatMap(([name, { Properties }]) =>
      Properties.LifecycleConfiguration.Rules.filter(
        ({ ExpirationInDays }: Rule) => ExpirationInDays !== undefined,
      ).map(({ Prefix = '', ExpirationInDays }: Rule) => `${name}/${Prefix} after ${ExpirationInDays} days`),
    );
    expect(expiring.sort()).toEqual([
      'Ledger/ledger/claims/ after 400 days',
      'Ledger/ledger/runs/closed/ after 400 days',
      'Staging/ after 14 days',
    ]);
  });

  test('archived files move to classes that are read without a restore', () => {
    const rules: Rule[] = byName.Archive.Properties.LifecycleConfiguration.Rules;
    expect(rules.flatMap(({ Transitions = [] }) => Transitions)).toEqual([
      { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
      { StorageClass: 'GLACIER_IR', TransitionInDays: 120 },
    ]);
  });

  test.each(buckets)('%s gives up uploads that nobody finishes', (_id, { Properties }) => {
    const rules: Rule[] = Properties.LifecycleConfiguration.Rules;
    expect(rules.some(({ AbortIncompleteMultipartUpload }) => AbortIncompleteMultipartUpload !== undefined)).toBe(true);
  });
});

describe('the warehouse', () => {
  const [[, namespace]] = resourcesOf(stateful, 'AWS::RedshiftServerless::Namespace');
  const [[, workgroup]] = resourcesOf(stateful, 'AWS::RedshiftServerless::Workgroup');

  test('keeps its data, encrypted with the key for data, and its own password', () => {
    expect(namespace.Properties).toMatchObject({ ManageAdminPassword: true, DbName: 'weir' });
    expect(namespace.Properties).not.toHaveProperty('AdminUserPassword');
    expect(shortName(namespace.Properties.KmsKeyId)).toBe('Data');
    expect(namespace.DeletionPolicy).toBe('Retain');
  });

  test('has a user for the programs, whose long password is made up, encrypted with the key for data, and kept', () => {
    const [[, secret], ...more] = resourcesOf(stateful, 'AWS::SecretsManager::Secret');
    expect(more).toEqual([]);
    expect(secret.Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"username":"weir_app"}',
      GenerateStringKey: 'password',
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    expect(shortName(secret.Properties.KmsKeyId)).toBe('Data');
    // A fixed name could not be used again for weeks after it was deleted, and the tag opens secrets to a managed policy.
    expect(secret.Properties).not.toHaveProperty('Name');
    expect(JSON.stringify(secret.Properties.Tags)).not.toContain('RedshiftDataFullAccess');
    expect(secret.DeletionPolicy).toBe('Retain');
  });

  test('logs who connects and what they ask', () => {
    expect([...namespace.Properties.LogExports].sort()).toEqual(['connectionlog', 'useractivitylog', 'userlog']);
  });

  test('knows the role of COPY and UNLOAD and no other', () => {
    expect(namespace.Properties.IamRoles.map(shortName)).toEqual(['CopyRole']);
  });

  test('is small, out of reach, in three subnets, and takes only TLS', () => {
    expect(workgroup.Properties).toMatchObject({
      BaseCapacity: 8,
      MaxCapacity: 32,
      PubliclyAccessible: false,
      EnhancedVpcRouting: true,
      ConfigParameters: [
        { ParameterKey: 'require_ssl', ParameterValue: 'true' },
        { ParameterKey: 'max_query_execution_time', ParameterValue: '7200' },
      ],
    });
    expect(workgroup.Properties.SubnetIds).toHaveLength(3);
    const zones = resourcesOf(stateful, 'AWS::EC2::Subnet').map(([, { Properties }]) =>
      JSON.stringify(Properties.AvailabilityZone),
    );
    expect(new Set(zones).size).toBe(3);
  });

  test('stops when it has used what it may use in a day', () => {
    const [[, { Properties }]] = resourcesOf(stateful, 'Custom::RedshiftUsageLimit');
    expect(JSON.stringify(Properties.Create)).toContain('amount');
    const create = JSON.stringify(Properties.Create).replaceAll('\\"', '"');
    for (const part of [
      '"usageType":"serverless-compute"',
      '"period":"daily"',
      '"amount":32',
      '"breachAction":"deactivate"',
    ]) {
      expect(create).toContain(part);
    }
  });

  test('has no way in, and no way out but to the staging bucket', () => {
    expect(resourcesOf(stateful, 'AWS::EC2::InternetGateway')).toEqual([]);
    expect(resourcesOf(stateful, 'AWS::EC2::NatGateway')).toEqual([]);
    expect(resourcesOf(stateful, 'AWS::EC2::Route')).toEqual([]);
    const [[, group]] = resourcesOf(stateful, 'AWS::EC2::SecurityGroup');
    expect(group.Properties).not.toHaveProperty('SecurityGroupIngress');
    const [[, endpoint]] = resourcesOf(stateful, 'AWS::EC2::VPCEndpoint');
    expect(endpoint.Properties.VpcEndpointType).toBe('Gateway');
    const [statement, ...more] = endpoint.Properties.PolicyDocument.Statement;
    expect(more).toEqual([]);
    expect(statement.Resource.map(shortName)).toEqual(['Staging', 'Staging/*']);
  });
});

describe('keys and the topic', () => {
  test('both keys are rotated and kept', () => {
    const keys = resourcesOf(stateful, 'AWS::KMS::Key');
    expect(keys).toHaveLength(2);
    for (const [, { Properties, DeletionPolicy }] of keys) {
      expect([Properties.EnableKeyRotation, DeletionPolicy]).toEqual([true, 'Retain']);
    }
  });

  test('no service may use the key for data by itself', () => {
    const [, data] = resourcesOf(stateful, 'AWS::KMS::Key').find(([id]) => shortName({ Ref: id }) === 'Data')!;
    const principals = data.Properties.KeyPolicy.Statement.map(({ Principal }: { Principal: object }) =>
      Object.keys(Principal),
    );
    expect(principals).toEqual([['AWS']]);
  });

  test('the topic is encrypted, takes no message without TLS, and tells the given address', () => {
    const [[, topic]] = resourcesOf(stateful, 'AWS::SNS::Topic');
    expect(shortName(topic.Properties.KmsMasterKeyId)).toBe('Messages');
    const [[, policy]] = resourcesOf(stateful, 'AWS::SNS::TopicPolicy');
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    const subscriptions = resourcesOf(stateful, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
    expect(subscriptions).toEqual([expect.objectContaining({ Protocol: 'email', Endpoint: 'shop@example.com' })]);
  });
});

interface Rule {
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly Transitions?: readonly unknown[];
  readonly AbortIncompleteMultipartUpload?: unknown;
}
