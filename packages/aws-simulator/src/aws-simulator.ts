import type { AwsSimulatorOptions } from './aws-simulator-options.ts';
import { type Deployment, type DeploymentOptions, deployAssembly } from './deploy/deploy-assembly.ts';
import type { DroppedEvent } from './eventbridge/event-bus.ts';
import type { FaultHandle, FaultOptions, InjectedFault } from './faults/fault-options.ts';
import { GlueService } from './glue/glue-service.ts';
import type { FunctionDefinition } from './lambda/lambda-function.ts';
import type { FailedInvocation } from './lambda/lambda-host.ts';
import { QueueReader, type QueueReaderDefinition } from './lambda/queue-reader.ts';
import { RedshiftDataService } from './redshift-data/redshift-data-service.ts';
import type { SimulatorContext } from './server/simulator-context.ts';
import type { Mail } from './sns/topics.ts';
import { type SimulatorParts, wireSimulator } from './wire-simulator.ts';

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly forcePathStyle: true;
}

/** A small AWS on this machine. */
export class AwsSimulator {
  /** The services themselves, for what has no client: look into queues, buckets, rules. */
  readonly parts: SimulatorParts;
  /** For any client of the SDK. */
  readonly clientConfig: ClientConfig;
  readonly glue: GlueService;
  readonly #redshift: RedshiftDataService | undefined;
  private readonly readers: QueueReader[] = [];

  constructor(
    parts: SimulatorParts,
    endpoint: string,
    more: { glue: GlueService; redshift: RedshiftDataService | undefined },
  ) {
    this.parts = parts;
    this.glue = more.glue;
    this.#redshift = more.redshift;
    const credentials = { accessKeyId: 'AKIASIMULATED', secretAccessKey: 'simulated' };
    this.clientConfig = { endpoint, region: parts.context.region, credentials, forcePathStyle: true };
  }

  /** The client's configuration for programs, as environment variables. */
  get environment(): Readonly<Record<string, string>> {
    const { endpoint, region, credentials } = this.clientConfig;
    return {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    };
  }

  get context(): SimulatorContext {
    return this.parts.context;
  }

  /** @throws Error where the simulator was started without */
  get redshift(): RedshiftDataService {
    if (this.#redshift === undefined) throw new Error('The simulator was started without the option redshift.');
    return this.#redshift;
  }

  /** What email subscribers got, in order. */
  get mailbox(): readonly Mail[] {
    return this.parts.topics.mailbox;
  }

  /** Invocations that failed, the repeated ones included. */
  get failedInvocations(): readonly FailedInvocation[] {
    return this.parts.lambda.failures;
  }

  /** Events that no target took and no dead letter queue got. */
  get droppedEvents(): readonly DroppedEvent[] {
    return this.parts.bus.dropped;
  }

  /**
   * Creates what synthesized templates describe, from the folder of a synthesis of CDK.
   *
   * @throws Error for a resource that the simulator does not know
   */
  deploy(folder: string, options?: DeploymentOptions): Promise<Deployment> {
    return deployAssembly(this, folder, options);
  }

  /** As PutObject, with a LastModified of the test's choice. */
  putObjectAt(bucket: string, key: string, body: Uint8Array | string, modifiedAt: Date): void {
    this.parts.s3.write(bucket, key, Buffer.from(body as string), modifiedAt);
  }

  /** @returns its ARN */
  createFunction(definition: FunctionDefinition): string {
    return this.parts.lambda.create(definition).arn;
  }

  /**
   * Lets a function read a queue of the simulator.
   *
   * @throws ServiceFault `ResourceNotFoundException`, `QueueDoesNotExist`
   */
  mapQueue(queueName: string, definition: QueueReaderDefinition): void {
    const { lambda, queues, context } = this.parts;
    lambda.get(definition.functionName);
    this.readers.push(new QueueReader(queues.get(queueName), definition, { host: lambda, ...context }));
  }

  /** @throws LambdaError what the handler threw, or that it took too long */
  async invoke(functionName: string, event: unknown): Promise<unknown> {
    return JSON.parse(await this.parts.lambda.invoke(functionName, JSON.stringify(event)));
  }

  /** What a function wrote to its log, a line each. */
  logsOf(functionName: string): readonly string[] {
    return this.parts.lambda.get(functionName).logs;
  }

  /** @throws ServiceFault `ResourceNotFoundException` */
  fireSchedule(ruleName: string): void {
    this.parts.bus.fireSchedule(ruleName);
  }

  /** Makes one call fail: for tests that visit every call. */
  injectFault(fault: InjectedFault): FaultHandle {
    return this.context.faults.inject(fault);
  }

  /** From now on these faults befall calls and events, and none that was injected before. */
  changeFaults(options: FaultOptions): void {
    this.context.faults.change(options);
    this.#redshift?.faults.clear();
  }

  /** From now on no event arrives, until `releaseEvents`. */
  holdEvents(): void {
    this.parts.courier.hold();
  }

  /** Sends on what was held, shuffled as the seed says. */
  releaseEvents(): void {
    this.parts.courier.release();
  }

  /** Calls, events and faults so far, a line each, with the seed. */
  report(): string {
    return this.context.faults.report();
  }

  /** How often a thing happened that the report counts: `S3.PutObject`. */
  countOf(name: string): number {
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

  async close(): Promise<void> {
    await this.parts.lambda.close();
    await Promise.all(this.readers.map((reader) => reader.close()));
    await this.parts.server.close();
  }
}

export async function startAwsSimulator(options: AwsSimulatorOptions = {}): Promise<AwsSimulator> {
  // Functions are told the endpoint, which is known only after the server listens.
  let simulator: AwsSimulator | undefined;
  const parts = wireSimulator(options, () => simulator?.environment ?? {});
  const redshift = options.redshift && (await RedshiftDataService.open(parts.context, options.redshift));
  const glue = new GlueService(parts.context, options.glue);
  for (const service of redshift ? [glue, redshift] : [glue]) parts.server.register(service);
  simulator = new AwsSimulator(parts, await parts.server.listen(), { glue, redshift });
  return simulator;
}
