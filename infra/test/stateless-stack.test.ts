import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { METRICS } from '@weir/core/telemetry';
import { NODE_WHEEL } from '../src/node-wheel.ts';
import { FUNCTION_NAMES } from '../src/permissions/work-permissions.ts';
import { type Resource, resourcesOf, synthesize } from '../src/testing/synthesized.ts';
import { shortName } from './support/read-policies.ts';

// One test synthesizes once more, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const { stateless } = synthesize();
const functions = resourcesOf(stateless, 'AWS::Lambda::Function').filter(([id]) => id.startsWith('Functions'));

describe('functions', () => {
  test('there are five, named after what they do', () => {
    expect(functions.map(([, { Properties }]) => Properties.FunctionName).sort()).toEqual(
      FUNCTION_NAMES.map((name) => `weir-test-${name}`).sort(),
    );
  });

  test.each(functions)('%s runs a bundle on Node 24 and ARM, traced', (_id, { Properties }) => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
    });
    expect(Properties).not.toHaveProperty('VpcConfig');
    expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test.each(functions)('%s is told where everything is, and logs no events', (_id, { Properties }) => {
    expect(Object.keys(Properties.Environment.Variables).sort()).toEqual([
      'POWERTOOLS_LOGGER_LOG_EVENT',
      'POWERTOOLS_LOG_LEVEL',
      'POWERTOOLS_METRICS_NAMESPACE',
      'POWERTOOLS_SERVICE_NAME',
      'POWERTOOLS_TRACER_CAPTURE_RESPONSE',
      'WEIR_CONFIG',
    ]);
  });

  test('timeouts and memory are as planned', () => {
    const shapes = Object.fromEntries(
      functions.map(([, { Properties }]) => [Properties.FunctionName, [Properties.Timeout, Properties.MemorySize]]),
    );
    expect(shapes).toEqual({
      'weir-test-files-landed': [120, 512],
      'weir-test-run-finished': [300, 512],
      'weir-test-archive': [900, 1024],
      'weir-test-reconcile': [900, 1024],
      'weir-test-dimensions': [900, 2048],
    });
  });

  test('each keeps what it failed at after two retries', () => {
    const settings = resourcesOf(stateless, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    expect(settings).toHaveLength(5);
    for (const { DestinationConfig, MaximumRetryAttempts } of settings) {
      expect(shortName(DestinationConfig.OnFailure.Destination)).toBe('EventsDead');
      expect(MaximumRetryAttempts).toBe(2);
    }
  });

  test('logs are encrypted and kept for a month', () => {
    const groups = resourcesOf(stateless, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);
    expect(groups.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      FUNCTION_NAMES.map((name) => `/aws/lambda/weir-test-${name}`).sort(),
    );
    for (const { RetentionInDays, KmsKeyId } of groups) {
      expect([RetentionInDays, shortName(KmsKeyId)]).toEqual([30, 'Messages']);
    }
  });
});

describe('queues', () => {
  const queues = Object.fromEntries(
    resourcesOf(stateless, 'AWS::SQS::Queue').map(([id, { Properties }]) => [shortName({ Ref: id }), Properties]),
  );
  const mappings = resourcesOf(stateless, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  test('there are two, their dead letters, and those of events', () => {
    expect(Object.keys(queues).sort()).toEqual(['Dimensions', 'DimensionsDead', 'EventsDead', 'Landed', 'LandedDead']);
    for (const queue of Object.values(queues)) expect(queue.SqsManagedSseEnabled).toBe(true);
  });

  test.each(['Landed', 'Dimensions'])('%s gives up a message after five tries and keeps it for two weeks', (name) => {
    expect(queues[name].RedrivePolicy.maxReceiveCount).toBe(5);
    expect(shortName(queues[name].RedrivePolicy.deadLetterTargetArn)).toBe(`${name}Dead`);
    expect(queues[`${name}Dead`].MessageRetentionPeriod).toBe(14 * 86_400);
  });

  test.each([
    ['Landed', 'weir-test-files-landed', 500, 60],
    ['Dimensions', 'weir-test-dimensions', 10, 30],
  ])('%s hides a message for six timeouts of its function and the window', (name, functionName, size, window) => {
    const mapping = mappings.find(({ EventSourceArn }) => shortName(EventSourceArn) === name);
    expect(mapping).toMatchObject({
      BatchSize: size,
      MaximumBatchingWindowInSeconds: window,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const [id, { Properties }] = functions.find(([, one]) => one.Properties.FunctionName === functionName)!;
    expect(mapping.FunctionName).toEqual({ Ref: id });
    expect(queues[name].VisibilityTimeout).toBe(6 * Properties.Timeout + window);
  });
});

describe('the Glue job', () => {
  const [[, job]] = resourcesOf(stateless, 'AWS::Glue::Job');

  test('is Spark on Glue 5.1 with two small workers, pinned, and never retried behind the ledger', () => {
    expect(job.Properties).toMatchObject({
      Name: 'weir-test-ingest',
      GlueVersion: '5.1',
      WorkerType: 'G.1X',
      NumberOfWorkers: 2,
      ExecutionClass: 'STANDARD',
      ExecutionProperty: { MaxConcurrentRuns: 5 },
      MaxRetries: 0,
      Timeout: 180,
    });
    expect(job.Properties.Command).toMatchObject({ Name: 'glueetl', PythonVersion: '3' });
  });

  test('finds its programs under their own names in one folder', () => {
    const { DefaultArguments, Command } = job.Properties;
    const [folder] = shortName(Command.ScriptLocation).match(/^s3:\/\/Programs\/glue\/[0-9a-f]{16}\//)!;
    expect(shortName(Command.ScriptLocation)).toBe(`${folder}driver.py`);
    expect(shortName(DefaultArguments['--extra-files'])).toBe(`${folder}job.mjs,${folder}worker.mjs`);
    expect(shortName(DefaultArguments['--additional-python-modules'])).toBe(`${folder}${NODE_WHEEL.file}`);
  });

  test('starts after its programs are there and it may read them', () => {
    expect(job.DependsOn!.map((id) => id.replace(/[0-9A-F]{8}.*$/, ''))).toEqual(
      expect.arrayContaining(['IngestJobPolicy', 'IngestJobProgramsCustomResource512MiB1024Mi']),
    );
  });

  test('names its files itself, so no bookmark may leave any out', () => {
    expect(job.Properties.DefaultArguments['--job-bookmark-option']).toBe('job-bookmark-disable');
  });

  test('encrypts what it writes and logs', () => {
    const [[id, { Properties }]] = resourcesOf(stateless, 'AWS::Glue::SecurityConfiguration');
    expect(job.Properties.SecurityConfiguration).toEqual({ Ref: id });
    const { S3Encryptions, CloudWatchEncryption, JobBookmarksEncryption } = Properties.EncryptionConfiguration;
    expect([S3Encryptions[0].S3EncryptionMode, shortName(S3Encryptions[0].KmsKeyArn)]).toEqual(['SSE-KMS', 'Data']);
    expect([CloudWatchEncryption.CloudWatchEncryptionMode, shortName(CloudWatchEncryption.KmsKeyArn)]).toEqual([
      'SSE-KMS',
      'Messages',
    ]);
    expect(JobBookmarksEncryption.JobBookmarksEncryptionMode).toBe('CSE-KMS');
  });

  test('gets more workers where somebody asks for them', () => {
    const { stateless: larger } = synthesize({ glueWorkers: '12' });
    expect(resourcesOf(larger, 'AWS::Glue::Job')[0][1].Properties.NumberOfWorkers).toBe(12);
  });
});

describe('alarms', () => {
  const alarms: Record<string, Resource['Properties']> = Object.fromEntries(
    resourcesOf(stateless, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => [Properties.AlarmName, Properties]),
  );

  test('each tells the topic when it goes off and when it is over', () => {
    for (const { AlarmActions, OKActions } of Object.values(alarms)) {
      expect([...AlarmActions, ...OKActions].map(shortName)).toEqual(['Topic', 'Topic']);
    }
  });

  test('there is one for all that must not go unseen', () => {
    expect(Object.keys(alarms).sort()).toEqual(
      [
        ...[
          'landed-dead-letters',
          'dimensions-dead-letters',
          'event-dead-letters',
          'landed-waiting',
          'dimensions-waiting',
        ],
        ...FUNCTION_NAMES.flatMap((name) => [`${name}-errors`, `${name}-throttled`]),
        ...['run-failed', 'files-given-up', 'no-run', 'no-sweep', 'warehouse-capacity'],
      ]
        .map((name) => `weir-test-${name}`)
        .sort(),
    );
  });

  test.each([
    ['weir-test-no-run', 26],
    ['weir-test-no-sweep', 1],
  ])('%s goes off when nothing is heard for %i hours', (name, hours) => {
    expect(alarms[name]).toMatchObject({
      Period: 3600,
      EvaluationPeriods: hours,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });
});

test('the dashboard and the alarms read metrics that the functions write', () => {
  const source = readFileSync(join(import.meta.dirname, '../../packages/lambdas/src/telemetry/telemetry.ts'), 'utf8');
  const counted = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, name]) => name);
  const written = new Set([...counted, ...Object.keys(METRICS)]);
  const [[, dashboard]] = resourcesOf(stateless, 'AWS::CloudWatch::Dashboard');
  const read = [...JSON.stringify(dashboard.Properties).matchAll(/\\"Weir\\",\\"(\w+)\\"/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(5);
  for (const name of [...read, 'FilesGivenUp']) expect(written).toContain(name);
});

test('the tables are made and the dimensions loaded when the function is deployed', () => {
  const [[, setUp]] = resourcesOf(stateless, 'Custom::WeirSetUp');
  expect(shortName(setUp.Properties.ServiceToken)).toBe('dimensionsFunction');
  expect(Number(setUp.Properties.ServiceTimeout)).toBeGreaterThan(900);
});

test('whatever signs in as the user of the programs, and what it may do, changes after the set-up has made that user', () => {
  const all = Object.entries(stateless.toJSON().Resources as Readonly<Record<string, Resource & { Type: string }>>);
  const [setUp] = resourcesOf(stateless, 'Custom::WeirSetUp')[0];
  const waiting = (kind: string, of: RegExp) =>
    all.filter(([id, { Type }]) => Type === kind && of.test(id)).map(([, { DependsOn = [] }]) => DependsOn);
  const [others, itself] = [/^Functions(?!dimensions)|^IngestJob/, /^Functionsdimensions/];

  for (const kind of ['AWS::Lambda::Function', 'AWS::IAM::Policy', 'AWS::Glue::Job']) {
    const found = waiting(kind, others);
    expect(found).toHaveLength({ 'AWS::Lambda::Function': 4, 'AWS::IAM::Policy': 5, 'AWS::Glue::Job': 1 }[kind]!);
    for (const needed of found) expect(needed).toContain(setUp);
    for (const needed of waiting(kind, itself)) expect(needed).not.toContain(setUp);
  }
});
