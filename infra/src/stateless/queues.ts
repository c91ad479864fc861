import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Events wait here until a function has dealt with them. Messages hold keys of files, never their content. */
export class Queues extends Construct {
  readonly landed: Queue;
  readonly landedDead: Queue;
  readonly dimensions: Queue;
  readonly dimensionsDead: Queue;
  /** What a function that is invoked by an event could not do after its retries. */
  readonly eventsDead: Queue;

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id);
    const deadLetters = (name: string) =>
      new Queue(this, `${name}Dead`, {
        ...CLOSED,
        queueName: `weir-${stage}-${name.toLowerCase()}-dead`,
        retentionPeriod: Duration.days(14),
      });
    const queue = (name: string, timing: QueueTiming, deadLetterQueue: Queue) =>
      new Queue(this, name, {
        ...CLOSED,
        queueName: `weir-${stage}-${name.toLowerCase()}`,
        visibilityTimeout: visibilityOf(timing),
        retentionPeriod: Duration.days(14),
        deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 5 },
      });

    this.landedDead = deadLetters('Landed');
    this.landed = queue('Landed', LANDED_TIMING, this.landedDead);
    this.dimensionsDead = deadLetters('Dimensions');
    this.dimensions = queue('Dimensions', DIMENSIONS_TIMING, this.dimensionsDead);
    this.eventsDead = deadLetters('Events');
  }
}

export interface QueueTiming {
  /** Of the function that empties the queue. */
  readonly functionTimeout: Duration;
  /** How long a batch is collected: many files that land together become one run. */
  readonly batchWindow: Duration;
  readonly batchSize: number;
}

export const LANDED_TIMING: QueueTiming = {
  functionTimeout: Duration.minutes(2),
  batchWindow: Duration.seconds(60),
  batchSize: 500,
};

export const DIMENSIONS_TIMING: QueueTiming = {
  functionTimeout: Duration.minutes(15),
  batchWindow: Duration.seconds(30),
  batchSize: 10,
};

/** AWS asks for six times the function's timeout, and for the window on top: throttled batches come back in the meantime. */
function visibilityOf({ functionTimeout, batchWindow }: QueueTiming): Duration {
  return Duration.seconds(6 * functionTimeout.toSeconds() + batchWindow.toSeconds());
}

const CLOSED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
