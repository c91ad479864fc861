import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GlueClient, StartJobRunCommand } from '@aws-sdk/client-glue';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let folder: string;
let simulator: AwsSimulator;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-assembly-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  simulator = await startAwsSimulator({ secondMs: 2 });
});
afterEach(() => simulator.close());

const HANDLER = `
export const handler = async (event) => {
  if (event.ResponseURL) {
    console.log('set up', event.ResourceProperties.Version);
    const Status = process.env.REFUSE ? 'FAILED' : 'SUCCESS';
    await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ Status, Reason: 'no table' }) });
  } else console.log(process.env.BUCKET, JSON.stringify(event.Records?.map(({ body }) => JSON.parse(body).detail.object.key) ?? event['detail-type']));
};
`;

const STATEFUL = {
  Resources: {
    Landing: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    },
    Notices: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'notices' } },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Notices' }, Protocol: 'email', Endpoint: 'a@example.com' },
    },
  },
  Outputs: { Bucket: { Value: { Ref: 'Landing' }, Export: { Name: 'the-bucket' } } },
};

const IMPORTED = { 'Fn::ImportValue': 'the-bucket' };
/** As a template writes it. */
const variable = (name: string) => `\${${name}}`;
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

function stateless(more: object = {}): object {
  const Resources = {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Landed: {
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 2 } },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'worker',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: arn('Role'),
        Timeout: 20,
        Code: { S3Bucket: { 'Fn::Sub': `assets-${variable('AWS::AccountId')}` }, S3Key: 'code.zip' },
        Environment: { Variables: { BUCKET: { 'Fn::Join': ['', ['in:', IMPORTED]] } } },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 100,
        EventSourceArn: arn('Landed'),
        FunctionName: { Ref: 'Worker' },
      },
    },
    FileLanded: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.s3'],
          detail: { bucket: { name: [IMPORTED] }, object: { key: [{ prefix: 'in/' }] } },
        },
        State: 'ENABLED',
        Targets: [{ Arn: arn('Landed'), Id: 'Target0', DeadLetterConfig: { Arn: arn('Dead') } }],
      },
    },
    Sweep: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'sweep',
        ScheduleExpression: 'rate(15 minutes)',
        Targets: [{ Arn: arn('Worker'), Id: 'Target0' }],
      },
    },
    Job: {
      Type: 'AWS::Glue::Job',
      Properties: {
        Name: 'job',
        DefaultArguments: { '--place': { 'Fn::Sub': [`s3://${variable('Bucket')}/x`, { Bucket: IMPORTED }] } },
      },
    },
    SetUp: { Type: 'Custom::SetUp', Properties: { ServiceToken: arn('Worker'), Version: '7' } },
    ...more,
  };
  return { Resources };
}

function write(second: object): string {
  const path = mkdtempSync(join(folder, 'out-'));
  mkdirSync(join(path, 'asset.code'));
  writeFileSync(join(path, 'asset.code', 'index.mjs'), HANDLER);
  const file = (name: string, content: object) => writeFileSync(join(path, name), JSON.stringify(content));
  // In the manifest, what is needed comes last.
  const artifacts = {
    'two.assets': { type: 'cdk:asset-manifest', properties: { file: 'two.assets.json' } },
    two: {
      type: 'aws:cloudformation:stack',
      dependencies: ['one', 'two.assets'],
      properties: { templateFile: 'two.json' },
    },
    one: { type: 'aws:cloudformation:stack', properties: { templateFile: 'one.json' } },
  };
  const files = { code: { source: { path: 'asset.code' }, destinations: { here: { objectKey: 'code.zip' } } } };
  file('manifest.json', { artifacts });
  file('two.assets.json', { files });
  file('one.json', STATEFUL);
  file('two.json', second);
  return path;
}

describe('a deployment', () => {
  test('makes secrets up: their passwords, and that of the administrator of Redshift', async () => {
    const Create = JSON.stringify({ action: 'GetNamespace', parameters: { namespaceName: 'shop' } });
    const { resources } = await simulator.deploy(
      write(
        stateless({
          Program: {
            Type: 'AWS::SecretsManager::Secret',
            Properties: {
              GenerateSecretString: {
                SecretStringTemplate: '{"username":"app"}',
                GenerateStringKey: 'password',
                PasswordLength: 48,
                ExcludePunctuation: true,
              },
            },
          },
          Namespace: {
            Type: 'AWS::RedshiftServerless::Namespace',
            Properties: { NamespaceName: 'shop', AdminUsername: 'chief', ManageAdminPassword: true },
          },
          AdminSecret: { Type: 'Custom::AdminSecret', Properties: { Create } },
          Told: {
            Type: 'AWS::CloudWatch::Dashboard',
            Properties: {
              secrets: [{ Ref: 'Program' }, { 'Fn::GetAtt': ['AdminSecret', 'namespace.adminPasswordSecretArn'] }],
            },
          },
        }),
      ),
    );
    const { secrets } = resources.find(({ logicalId }) => logicalId === 'Told')!.properties;
    const client = new SecretsManagerClient(simulator.clientConfig);
    const read = async (SecretId: string) =>
      JSON.parse((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString!);
    const [program, chief] = [await read(secrets[0]), await read(secrets[1])];
    expect(program).toEqual({ username: 'app', password: expect.stringMatching(/^[A-Za-z0-9]{48}$/) });
    expect(chief).toEqual({ username: 'chief', password: expect.any(String) });
    expect(simulator.context.administrators.get('chief')).toBe(chief.password);
    await client.send(new PutSecretValueCommand({ SecretId: secrets[0], SecretString: '{"username":"app"}' }));
    expect(await read(secrets[0])).toEqual({ username: 'app' });
    await expect(read('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    client.destroy();
  });

  test('creates what the templates say, so that a file goes its way from bucket to function', async () => {
    const { outputs } = await simulator.deploy(write(stateless()));
    const bucket = outputs.one!.Bucket!;
    for (const key of ['in/a b.csv', 'out/c.csv']) simulator.parts.s3.write(bucket, key, Buffer.from('x'));
    await simulator.settle();
    simulator.fireSchedule('sweep');
    await simulator.settle();
    expect(simulator.logsOf('worker')).toEqual([
      'set up 7',
      `in:${bucket} ["in/a b.csv"]`,
      `in:${bucket} "Scheduled Event"`,
    ]);
    expect(simulator.parts.topics.subscriptions).toMatchObject([{ protocol: 'email', endpoint: 'a@example.com' }]);
  });

  test('runs Glue jobs with the arguments of the template', async () => {
    const seen: unknown[] = [];
    const { outputs } = await simulator.deploy(write(stateless()), {
      runJob: async (run) => {
        seen.push(run.arguments);
        return { state: 'SUCCEEDED' };
      },
    });
    const glue = new GlueClient(simulator.clientConfig);
    await glue.send(new StartJobRunCommand({ JobName: 'job', Arguments: { '--run-id': '1' } }));
    await simulator.settle();
    expect(seen).toEqual([{ '--place': `s3://${outputs.one!.Bucket}/x`, '--run-id': '1' }]);
    glue.destroy();
  });

  test('fails where the function of a custom resource says so', async () => {
    const refused = simulator.deploy(write(stateless()), { environment: { REFUSE: 'yes' } });
    await expect(refused).rejects.toThrow('did not create SetUp: no table');
  });

  test('refuses what it does not know, and what it cannot resolve', async () => {
    const table = { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
    await expect(simulator.deploy(write(stateless(table)))).rejects.toThrow('Table of type AWS::DynamoDB::Table');
    const role = { Other: { Type: 'AWS::IAM::Role', Properties: { Name: { 'Fn::ImportValue': 'nothing' } } } };
    await expect(simulator.deploy(write(stateless(role)))).rejects.toThrow('imports nothing, which no stack exports');
    await expect(simulator.deploy(folder)).rejects.toThrow('synthesize the stacks first');
  });
});
