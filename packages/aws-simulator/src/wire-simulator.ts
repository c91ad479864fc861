import type { AwsSimulatorOptions } from './aws-simulator-options.ts';
import { EventBus } from './eventbridge/event-bus.ts';
import { EventBridgeService } from './eventbridge/eventbridge-service.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { LambdaHost } from './lambda/lambda-host.ts';
import { S3Notifications } from './s3/s3-notifications.ts';
import { S3Service } from './s3/s3-service.ts';
import { Secrets } from './secrets-manager/secrets.ts';
import { SecretsService } from './secrets-manager/secrets-service.ts';
import type { DeliveryTargets } from './server/delivery-targets.ts';
import { EventCourier } from './server/event-courier.ts';
import { notImplemented } from './server/service.ts';
import type { SimulatorContext } from './server/simulator-context.ts';
import { SimulatorServer } from './server/simulator-server.ts';
import { WorkTracker } from './server/work-tracker.ts';
import { SnsService } from './sns/sns-service.ts';
import { Topics } from './sns/topics.ts';
import { Queues } from './sqs/queues.ts';
import { SqsService } from './sqs/sqs-service.ts';
import { StsService } from './sts/sts-service.ts';

export interface SimulatorParts {
  readonly context: SimulatorContext;
  readonly server: SimulatorServer;
  readonly courier: EventCourier;
  readonly s3: S3Service;
  readonly queues: Queues;
  readonly bus: EventBus;
  readonly topics: Topics;
  readonly lambda: LambdaHost;
}

/** @param environment what functions are told of the simulator, asked for when one is created */
export function wireSimulator(
  options: AwsSimulatorOptions,
  environment: () => Readonly<Record<string, string>>,
): SimulatorParts {
  const { region = 'eu-central-1', account = '123456789012', secondMs = 1000, now = () => new Date() } = options;
  const faults = new FaultPlan(options.faults);
  const work = new WorkTracker();
  const courier = new EventCourier(faults, work);
  const queues = new Queues({ region, account, secondMs, now, work });
  const targets = deliveryTargets({
    queues: () => queues,
    lambda: () => lambda,
    topics: () => topics,
  });
  const bus = new EventBus({ region, account, now, courier, targets });
  const notifications = new S3Notifications(bus, queueSink(queues), courier, (requestId) => ({
    region,
    account,
    requestId,
    now: now(),
  }));
  const s3 = new S3Service({ now, faults, notifications, ...(options.s3 && { limits: options.s3 }) });
  const secrets = new Secrets();
  const administrators = new Map<string, string>();
  const place = { region, account, now, secondMs };
  const context = { ...place, faults, work, events: bus, objects: s3, secrets, administrators };
  const lambda = new LambdaHost(context, targets, environment);
  const topics = new Topics({ region, account, now, targets, confirmsEmails: options.confirmsEmails ?? true });
  const server = new SimulatorServer(faults, (traceHeader) => lambda.killCaller(traceHeader));
  const services = [
    s3,
    new SqsService(queues, account),
    new EventBridgeService(bus, { region, account }),
    new SnsService(topics),
    new StsService(account),
    new SecretsService(secrets),
  ];
  for (const service of services) server.register(service);
  return { context, server, courier, s3, queues, bus, topics, lambda };
}

function queueSink(queues: Queues) {
  return {
    has: (arn: string) => queues.byArn(arn) !== undefined,
    send: (arn: string, body: string) => void queues.byArn(arn)?.send(body),
  };
}

/** Services send to each other, so they are asked for only when something is sent. */
function deliveryTargets(services: {
  queues: () => Queues;
  lambda: () => LambdaHost;
  topics: () => Topics;
}): DeliveryTargets {
  const has = (arn: string) =>
    services.queues().byArn(arn) !== undefined || services.lambda().has(arn) || services.topics().arns.has(arn);
  return {
    has,
    send: (arn, payload) => {
      const queue = services.queues().byArn(arn);
      if (queue) queue.send(payload);
      else if (services.topics().arns.has(arn)) {
        services.topics().publish(arn, { subject: undefined, message: payload, structure: undefined });
      } else if (arn.startsWith('arn:aws:lambda:')) services.lambda().invokeAsync(arn, payload);
      else throw notImplemented(`deliveries to ${arn}, or there is no such target`);
    },
  };
}
