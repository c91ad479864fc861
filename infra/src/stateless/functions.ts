import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { DeployedFiles } from '../deployed-files.ts';
import { mayTakeMessages } from '../permissions/service-access.ts';
import type { FunctionName } from '../permissions/work-permissions.ts';
import type { StatefulStack } from '../stateful/stateful-stack.ts';
import { DIMENSIONS_TIMING, LANDED_TIMING, type Queues, type QueueTiming } from './queues.ts';
import { WeirFunction } from './weir-function.ts';

export interface FunctionsProps {
  readonly stage: string;
  readonly files: DeployedFiles;
  readonly weirConfig: string;
  readonly permissions: Readonly<Record<FunctionName, readonly PolicyStatement[]>>;
  readonly queues: Queues;
  readonly stateful: StatefulStack;
}

/**
 * The five functions. None has reserved concurrency: a new account has ten executions in all, of which none can be reserved.
 * How many batches are worked on at once is bounded where they are polled.
 */
export class Functions extends Construct {
  readonly byName: Readonly<Record<FunctionName, WeirFunction>>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const { queues } = props;
    const make = (name: FunctionName, shape: FunctionShape, more: readonly PolicyStatement[] = []) =>
      new WeirFunction(this, name, {
        ...shape,
        name,
        stage: props.stage,
        folder: props.files.functionFolder(name),
        weirConfig: props.weirConfig,
        permissions: [...props.permissions[name], ...more],
        deadLetters: queues.eventsDead,
        logKey: props.stateful.keys.messages,
      });

    this.byName = {
      'files-landed': make(
        'files-landed',
        {
          description: 'Plans runs of the files that landed and starts the Glue job',
          timeout: LANDED_TIMING.functionTimeout,
          memory: 512,
        },
        mayTakeMessages(queues.landed.queueArn),
      ),
      'run-finished': make('run-finished', {
        description: 'Tells people how a run ended',
        timeout: Duration.minutes(5),
        memory: 512,
      }),
      archive: make('archive', {
        description: 'Takes the files of a run to the archive or the quarantine',
        timeout: Duration.minutes(15),
        memory: 1024,
      }),
      reconcile: make('reconcile', {
        description: 'Sweeps up what lost events and crashes left behind',
        timeout: Duration.minutes(15),
        memory: 1024,
      }),
      dimensions: make(
        'dimensions',
        {
          description: 'Creates the tables, loads products and customers, and heals rows that lacked them',
          timeout: DIMENSIONS_TIMING.functionTimeout,
          // Half of it is for products and customers, to which rows are joined that heal.
          memory: 2048,
        },
        mayTakeMessages(queues.dimensions.queueArn),
      ),
    };
    this.byName['files-landed'].lambda.addEventSource(new SqsEventSource(queues.landed, polling(LANDED_TIMING)));
    this.byName.dimensions.lambda.addEventSource(new SqsEventSource(queues.dimensions, polling(DIMENSIONS_TIMING)));
  }
}

interface FunctionShape {
  readonly description: string;
  readonly timeout: Duration;
  readonly memory: number;
}

function polling({ batchSize, batchWindow }: QueueTiming) {
  return {
    batchSize,
    maxBatchingWindow: batchWindow,
    // The least that Lambda takes: files that land together are to become one run, not many.
    maxConcurrency: 2,
    reportBatchItemFailures: true,
  };
}
