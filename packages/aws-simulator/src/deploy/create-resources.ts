import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTarget } from '../eventbridge/eventbridge-service.ts';
import { parsePattern } from '../eventbridge/match-pattern.ts';
import type { GlueRunner } from '../glue/glue-job.ts';
import { generateSecret } from '../secrets-manager/secrets.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import { adminSecretArn } from './physical-ids.ts';
import type { CreatedKind } from './resource-kinds.ts';
import { INVOKE_CONFIG } from './resource-kinds.ts';
import type { ResolvedResource } from './template.ts';

export interface CreationContext {
  readonly simulator: DeploymentTarget;
  /** Paths of assets by key. */
  readonly assets: ReadonlyMap<string, string>;
  /** Resources of all stacks. */
  readonly all: readonly ResolvedResource[];
  readonly runJob: GlueRunner | undefined;
  /** Added to the environment of every function. */
  readonly environment: Readonly<Record<string, string>>;
}

type Create = (resource: ResolvedResource, context: CreationContext) => void;

export const CREATE: Readonly<Record<CreatedKind, Create>> = {
  'AWS::SQS::Queue': ({ properties }, { simulator }) => {
    const { QueueName, Tags: _, ...attributes } = properties;
    simulator.parts.queues.create(QueueName, Object.fromEntries(Object.entries(attributes).map(toText)));
  },

  'AWS::S3::Bucket': ({ ref, properties }, { simulator }) => {
    const { s3 } = simulator.parts;
    const bucket = s3.store.create(ref);
    const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    if (rule?.ServerSideEncryptionByDefault.SSEAlgorithm === 'aws:kms') bucket.encryption = 'aws:kms';
    if (properties.VersioningConfiguration?.Status === 'Enabled') bucket.versioning = 'Enabled';
    const { EventBridgeConfiguration, QueueConfigurations = [], ...more } = properties.NotificationConfiguration ?? {};
    refuseMore(ref, more);
    if (EventBridgeConfiguration === undefined && QueueConfigurations.length === 0) return;
    const queues = QueueConfigurations.map(toQueueNotification);
    s3.notifications.set(bucket, { eventBridge: EventBridgeConfiguration !== undefined, queues }, 'DEPLOYMENT');
  },

  'AWS::SNS::Topic': ({ ref }, { simulator }) => {
    simulator.parts.topics.create(ref.slice(ref.lastIndexOf(':') + 1));
  },

  'AWS::SNS::Subscription': ({ properties }, { simulator }) => {
    const { TopicArn, Protocol, Endpoint, RawMessageDelivery, ...more } = properties;
    refuseMore(`the subscription of ${Endpoint}`, more);
    simulator.parts.topics.subscribe(TopicArn, Protocol, Endpoint, RawMessageDelivery === true);
  },

  'AWS::SecretsManager::Secret': ({ ref, properties }, { simulator }) => {
    const { GenerateSecretString, SecretString = generateSecret(GenerateSecretString ?? {}) } = properties;
    simulator.parts.context.secrets.create(ref, SecretString);
  },

  'AWS::RedshiftServerless::Namespace': ({ ref, properties }, { simulator }) => {
    const { AdminUsername: username, ManageAdminPassword } = properties;
    if (String(ManageAdminPassword) !== 'true') return;
    const { context } = simulator.parts;
    const arn = adminSecretArn(ref, context);
    context.secrets.create(arn, JSON.stringify({ username, password: generateSecret({}) }));
    context.administrators.set(username, JSON.parse(context.secrets.read(arn)!).password);
  },

  'AWS::Lambda::Function': ({ ref, properties }, { simulator, assets, all, environment }) => {
    // Those of other languages are CDK's own; what they do at a deployment is done here.
    if (!String(properties.Runtime).startsWith('nodejs')) return;
    const folder = assets.get(properties.Code.S3Key);
    if (folder === undefined) throw new Error(`The code of the function ${ref} is no asset of the synthesis.`);
    const [module] = properties.Handler.split('.');
    const bundle = ['mjs', 'js', 'cjs'].map((end) => join(folder, `${module}.${end}`)).find((path) => existsSync(path));
    if (bundle === undefined) throw new Error(`${folder} holds no module for the handler ${properties.Handler}.`);
    const config = all.find(({ type, properties: { FunctionName } }) => type === INVOKE_CONFIG && FunctionName === ref);
    const onFailureArn = config?.properties.DestinationConfig?.OnFailure?.Destination;
    const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
    const retries = config?.properties.MaximumRetryAttempts;
    simulator.createFunction({
      name: ref,
      bundle,
      handler: properties.Handler,
      timeout: properties.Timeout ?? 3,
      memory: properties.MemorySize ?? 128,
      environment: { ...properties.Environment?.Variables, ...environment },
      ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
      ...(onFailureArn === undefined ? {} : { onFailureArn }),
      ...(retries === undefined ? {} : { retries }),
    });
  },

  'AWS::Glue::Job': ({ ref, properties }, { simulator, runJob }) => {
    if (runJob === undefined) return;
    simulator.glue.defineJob(ref, {
      runner: runJob,
      defaultArguments: properties.DefaultArguments ?? {},
      maxConcurrentRuns: properties.ExecutionProperty?.MaxConcurrentRuns ?? 1,
      ...(properties.Timeout === undefined ? {} : { timeout: properties.Timeout }),
      ...(properties.WorkerType === undefined ? {} : { workerType: properties.WorkerType }),
      ...(properties.NumberOfWorkers === undefined ? {} : { numberOfWorkers: properties.NumberOfWorkers }),
    });
  },

  'AWS::Events::Rule': ({ ref, properties }, { simulator }) => {
    const { EventPattern, ScheduleExpression, State, Targets = [] } = properties;
    const patternText = EventPattern === undefined ? undefined : JSON.stringify(EventPattern);
    const targets = Targets.map(readTarget) as ReturnType<typeof readTarget>[];
    const { region, account } = simulator.parts.context;
    simulator.parts.bus.rules.set(ref, {
      name: ref,
      arn: `arn:aws:events:${region}:${account}:rule/${ref}`,
      patternText,
      pattern: patternText === undefined ? undefined : parsePattern(patternText),
      schedule: ScheduleExpression,
      isEnabled: State !== 'DISABLED',
      targets: new Map(targets.map((target) => [target.id, target])),
    });
  },

  'AWS::Lambda::EventSourceMapping': ({ properties }, { simulator }) => {
    const { EventSourceArn, FunctionName, FilterCriteria } = properties;
    if (FilterCriteria !== undefined) refuseMore(`the reader of ${EventSourceArn}`, { FilterCriteria });
    simulator.mapQueue(EventSourceArn.slice(EventSourceArn.lastIndexOf(':') + 1), {
      functionName: FunctionName,
      batchSize: properties.BatchSize ?? 10,
      batchWindow: properties.MaximumBatchingWindowInSeconds ?? 0,
      reportsBatchItemFailures: (properties.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
      concurrency: properties.ScalingConfig?.MaximumConcurrency ?? 2,
    });
  },

  'Custom::CDKBucketDeployment': ({ properties }, { simulator, assets }) => {
    const { DestinationBucketName: bucket, DestinationBucketKeyPrefix: prefix = '', SourceObjectKeys } = properties;
    for (const key of SourceObjectKeys as readonly string[]) {
      const folder = assets.get(key);
      if (folder === undefined) throw new Error(`What is to be copied into ${bucket} is no asset of the synthesis.`);
      for (const name of readdirSync(folder, { recursive: true }) as string[]) {
        const path = join(folder, name);
        if (!statSync(path).isFile()) continue;
        simulator.parts.s3.write(bucket, prefix === '' ? name : `${prefix}/${name}`, readFileSync(path));
      }
    }
  },
};

function toText([name, value]: [string, unknown]): [string, string] {
  return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

// biome-ignore lint/suspicious/noExplicitAny: as the template has it.
function toQueueNotification(configuration: any) {
  const rules = (configuration.Filter?.S3Key?.Rules ?? []) as readonly { Name: string; Value: string }[];
  const value = (name: string) => rules.find(({ Name }) => Name.toLowerCase() === name)?.Value ?? '';
  return {
    id: 'deployed',
    queueArn: configuration.Queue,
    events: [configuration.Event],
    prefix: value('prefix'),
    suffix: value('suffix'),
  };
}

function refuseMore(what: string, more: object): void {
  const [name] = Object.keys(more);
  if (name !== undefined) throw new Error(`The simulator does not deploy ${name} of ${what}.`);
}
