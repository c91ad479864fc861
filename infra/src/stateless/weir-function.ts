import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mayRunAsFunction } from '../permissions/service-access.ts';
import type { FunctionName } from '../permissions/work-permissions.ts';

export interface WeirFunctionProps {
  readonly stage: string;
  readonly name: FunctionName;
  readonly description: string;
  /** With `index.mjs` in it. */
  readonly folder: string;
  readonly timeout: Duration;
  /** MB. A function's share of the processor grows with it. */
  readonly memory: number;
  readonly weirConfig: string;
  readonly permissions: readonly PolicyStatement[];
  readonly deadLetters: IQueue;
  readonly logKey: IKey;
}

/** One function with its role and its log group. What its role may do is just what is listed: no grant of CDK adds to it. */
export class WeirFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: WeirFunctionProps) {
    super(scope, id);
    const functionName = `weir-${props.stage}-${props.name}`;
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      encryptionKey: props.logKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: `What ${functionName} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        ...props.permissions,
        ...mayRunAsFunction({ logGroupArn: this.logGroup.logGroupArn, deadLettersArn: props.deadLetters.queueArn }),
      ],
    });

    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(props.folder),
      handler: 'index.handler',
      role: role.withoutPolicyUpdates(),
      timeout: props.timeout,
      memorySize: props.memory,
      logGroup: this.logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        WEIR_CONFIG: props.weirConfig,
        POWERTOOLS_SERVICE_NAME: `weir-${props.stage}`,
        POWERTOOLS_METRICS_NAMESPACE: 'Weir',
        POWERTOOLS_LOG_LEVEL: 'INFO',
        // Events and answers of AWS are not logged whole.
        POWERTOOLS_LOGGER_LOG_EVENT: 'false',
        POWERTOOLS_TRACER_CAPTURE_RESPONSE: 'false',
      },
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(props.deadLetters),
    });
    // A function that starts before it may do anything would fail its first event.
    this.lambda.node.addDependency(policy);
  }
}
