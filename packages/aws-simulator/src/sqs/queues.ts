import { ServiceFault } from '../server/service.ts';
import type { SimulatorContext } from '../server/simulator-context.ts';
import { Queue } from './queue.ts';
import { readSettings } from './queue-settings.ts';

/** All queues of the simulator, and what other services need of them. */
export class Queues {
  private readonly byName = new Map<string, Queue>();
  private readonly context: Pick<SimulatorContext, 'region' | 'account' | 'secondMs' | 'now' | 'work'>;

  constructor(context: Pick<SimulatorContext, 'region' | 'account' | 'secondMs' | 'now' | 'work'>) {
    this.context = context;
    context.work.addProbe(() =>
      [...this.byName.values()]
        .filter(({ hasConsumer }) => hasConsumer)
        .flatMap(({ name, size }) => Array<string>(size).fill(`message in the queue ${name}`)),
    );
  }

  /** @throws ServiceFault `QueueNameExists` where one with other attributes is there */
  create(name: string, attributes: Readonly<Record<string, string>> = {}): Queue {
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw new ServiceFault(
        'InvalidParameterValue',
        'A queue name has 1 to 80 letters, digits, hyphens and underscores.',
      );
    }
    const known = this.byName.get(name);
    if (known) {
      const isSame = Object.entries(attributes).every(([key, value]) => known.attributes[key] === value);
      if (isSame) return known;
      throw new ServiceFault('QueueNameExists', 'A queue already exists with the same name and a different value.');
    }
    const { region, account, secondMs, now } = this.context;
    const queue = new Queue({
      name,
      arn: `arn:aws:sqs:${region}:${account}:${name}`,
      attributes,
      settings: readSettings(attributes),
      secondMs,
      now,
      bury: (arn, message) => this.byArn(arn)?.accept(message),
    });
    this.byName.set(name, queue);
    return queue;
  }

  byArn(arn: string): Queue | undefined {
    const queue = this.byName.get(arn.slice(arn.lastIndexOf(':') + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  /** @throws ServiceFault `QueueDoesNotExist` */
  get(name: string): Queue {
    const queue = this.byName.get(name);
    if (queue) return queue;
    throw new ServiceFault('QueueDoesNotExist', 'The specified queue does not exist.', 400, {
      headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    });
  }

  names(): readonly string[] {
    return [...this.byName.keys()].sort();
  }

  drop(name: string): void {
    this.get(name);
    this.byName.delete(name);
  }
}
