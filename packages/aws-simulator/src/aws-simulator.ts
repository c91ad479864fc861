import type { FaultHandle, FaultOptions, InjectedFault } from './faults/fault-options.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { RedshiftDataService } from './redshift-data/redshift-data-service.ts';
import type { RedshiftOptions } from './redshift-data/redshift-options.ts';
import type { S3Limits } from './s3/s3-call.ts';
import { S3Notifications } from './s3/s3-notifications.ts';
import { S3Service } from './s3/s3-service.ts';
import { EventCourier } from './server/event-courier.ts';
import type { SimulatedService } from './server/service.ts';
import type { SimulatorContext } from './server/simulator-context.ts';
import { SimulatorServer } from './server/simulator-server.ts';
import { WorkTracker } from './server/work-tracker.ts';

export interface AwsSimulatorOptions {
  readonly faults?: FaultOptions;
  /** The clock of all services; the system's where it is left out. */
  readonly now?: () => Date;
  /** Real milliseconds of a second of AWS, for the waits of queues and retries; 1000 where it is left out. */
  readonly secondMs?: number;
  readonly region?: string;
  readonly account?: string;
  /** Smaller limits than those of AWS, so that a test needs no gigabytes. */
  readonly s3?: Partial<S3Limits>;
  /** Without it there is no Redshift. */
  readonly redshift?: RedshiftOptions;
  /** Further services at the same endpoint. */
  readonly services?: (context: SimulatorContext) => readonly SimulatedService[];
}

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly forcePathStyle: true;
}

/** A small AWS on this machine. */
export class AwsSimulator {
  readonly context: SimulatorContext;
  /** For any client of the SDK. */
  readonly clientConfig: ClientConfig;
  /** The same for programs, as environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly s3: S3Service;
  readonly #redshift: RedshiftDataService | undefined;
  private readonly server: SimulatorServer;
  private readonly courier: EventCourier;

  private constructor(parts: {
    context: SimulatorContext;
    server: SimulatorServer;
    courier: EventCourier;
    s3: S3Service;
    redshift: RedshiftDataService | undefined;
    endpoint: string;
  }) {
    const { context, server, courier, s3, redshift, endpoint } = parts;
    this.context = context;
    this.server = server;
    this.courier = courier;
    this.s3 = s3;
    this.#redshift = redshift;
    const credentials = { accessKeyId: 'AKIASIMULATED', secretAccessKey: 'simulated' };
    this.clientConfig = { endpoint, region: context.region, credentials, forcePathStyle: true };
    this.environment = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: context.region,
      AWS_DEFAULT_REGION: context.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
  }

  static async start(options: AwsSimulatorOptions): Promise<AwsSimulator> {
    const now = options.now ?? (() => new Date());
    const faults = new FaultPlan(options.faults);
    const work = new WorkTracker();
    const courier = new EventCourier(faults, work);
    const { region = 'eu-central-1', account = '123456789012', secondMs = 1000 } = options;
    const events = { publish: () => undefined };
    const queues = { has: () => false, send: () => undefined };
    const notifications = new S3Notifications(events, queues, courier, (requestId) => ({
      region,
      account,
      requestId,
      now: now(),
    }));
    const s3 = new S3Service({ now, faults, notifications, ...(options.s3 && { limits: options.s3 }) });
    const context = { region, account, now, secondMs, faults, work, events, objects: s3 };
    const redshift = options.redshift && (await RedshiftDataService.open(context, options.redshift));
    const server = new SimulatorServer(faults);
    for (const service of [s3, ...(redshift ? [redshift] : []), ...(options.services?.(context) ?? [])])
      server.register(service);
    return new AwsSimulator({ context, server, courier, s3, redshift, endpoint: await server.listen() });
  }

  /** @throws Error where the simulator was started without */
  get redshift(): RedshiftDataService {
    if (this.#redshift === undefined) throw new Error('The simulator was started without the option redshift.');
    return this.#redshift;
  }

  /** As PutObject, with a LastModified of the test's choice. */
  putObjectAt(bucket: string, key: string, body: Uint8Array | string, modifiedAt: Date): void {
    this.s3.write(bucket, key, Buffer.from(body as string), modifiedAt);
  }

  /** Makes one call fail: for tests that visit every call. */
  injectFault(fault: InjectedFault): FaultHandle {
    return this.context.faults.inject(fault);
  }

  /** From now on no event arrives, until `releaseEvents`. */
  holdEvents(): void {
    this.courier.hold();
  }

  /** Sends on what was held, shuffled as the seed says. */
  releaseEvents(): void {
    this.courier.release();
  }

  /** Calls, events and faults so far, a line each, with the seed. */
  report(): string {
    return this.context.faults.report();
  }

  /** How often `S3.PutObject` was called. */
  calls(name: string): number {
    return this.context.faults.counts.get(name) ?? 0;
  }

  /**
   * Resolves when no event, message, invocation, statement or job is under way or waits for one that reads it.
   *
   * @throws Error that names what is stuck
   */
  settle(timeoutMs = 30_000): Promise<void> {
    return this.context.work.settle(timeoutMs);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

export function startAwsSimulator(options: AwsSimulatorOptions = {}): Promise<AwsSimulator> {
  return AwsSimulator.start(options);
}
