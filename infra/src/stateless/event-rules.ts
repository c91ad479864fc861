import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IRuleTarget, Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DIMENSIONS, type FunctionName, TRANSACTIONS } from '../permissions/work-permissions.ts';
import type { Queues } from './queues.ts';

export interface EventRulesProps {
  readonly stage: string;
  readonly landingBucket: string;
  readonly jobName: string;
  readonly queues: Queues;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
}

/** Which event goes where. Each may come twice, late or not at all: the functions bear it, and the sweep makes up for it. */
export class EventRules extends Construct {
  /** Matches each end of a run that was not a success. Without a target: it is there to be counted. */
  readonly jobFailed: Rule;

  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    const { queues, functions, landingBucket, jobName } = props;
    const rule = (name: string, description: string, eventPattern: EventPattern, ...targets: IRuleTarget[]) =>
      new Rule(this, name, { ruleName: `weir-${props.stage}-${kebab(name)}`, description, eventPattern, targets });
    // What the queue or the function does not take within a day lies among the dead letters.
    const delivery = { deadLetterQueue: queues.eventsDead, retryAttempts: 185, maxEventAge: Duration.days(1) };

    rule(
      'FileLanded',
      'A file of transactions was uploaded',
      objectCreated(landingBucket, TRANSACTIONS),
      new SqsQueue(queues.landed, delivery),
    );
    rule(
      'DimensionLanded',
      'A file of products or customers was uploaded',
      objectCreated(landingBucket, DIMENSIONS),
      new SqsQueue(queues.dimensions, delivery),
    );
    rule(
      'RunEnded',
      'A run of the Glue job came to an end, well or not',
      jobEnded(jobName, ['SUCCEEDED', ...FAILURES]),
      new LambdaFunction(functions['run-finished'], delivery),
      new LambdaFunction(functions.archive, delivery),
    );
    this.jobFailed = rule('RunFailed', 'A run of the Glue job failed', jobEnded(jobName, FAILURES));
    new Rule(this, 'Sweep', {
      ruleName: `weir-${props.stage}-sweep`,
      description: 'Looks for what a lost event or a crash left behind',
      schedule: Schedule.rate(SWEEP_EVERY),
      targets: [functions.reconcile, functions.dimensions].map(
        (swept) => new LambdaFunction(swept, { ...delivery, retryAttempts: 2, maxEventAge: SWEEP_EVERY }),
      ),
    });
  }
}

export const SWEEP_EVERY = Duration.minutes(15);

const FAILURES = ['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'EXPIRED'];

function objectCreated(bucket: string, folder: string): EventPattern {
  return {
    source: ['aws.s3'],
    detailType: ['Object Created'],
    detail: { bucket: { name: [bucket] }, object: { key: Match.prefix(folder) } },
  };
}

function jobEnded(jobName: string, states: readonly string[]): EventPattern {
  return {
    source: ['aws.glue'],
    detailType: ['Glue Job State Change'],
    detail: { jobName: [jobName], state: [...states] },
  };
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
