import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryTargets } from '../server/delivery-targets.ts';
import { ServiceFault } from '../server/service.ts';
import type { SimulatorContext } from '../server/simulator-context.ts';
import { LambdaError } from './lambda-error.ts';
import { type FunctionDefinition, LambdaFunction } from './lambda-function.ts';

/** Seconds of AWS before the first and the second repetition of an asynchronous invocation. */
const RETRY_AFTER = [60, 120];

export interface FailedInvocation {
  readonly functionName: string;
  readonly event: string;
  readonly error: LambdaError;
  /** Whether this was the last attempt. */
  readonly isFinal: boolean;
}

/** Runs functions in processes of their own, from the bundles that are deployed. */
export class LambdaHost {
  readonly failures: FailedInvocation[] = [];
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly context: SimulatorContext;
  private readonly deadLetters: DeliveryTargets;
  private readonly environment: () => Readonly<Record<string, string>>;
  private readonly closed = new AbortController();

  constructor(
    context: SimulatorContext,
    deadLetters: DeliveryTargets,
    environment: () => Readonly<Record<string, string>>,
  ) {
    this.context = context;
    this.deadLetters = deadLetters;
    this.environment = environment;
  }

  /** A function of the same name is replaced. */
  create(definition: FunctionDefinition): LambdaFunction {
    this.functions.get(definition.name)?.kill();
    const created = new LambdaFunction(definition, this.arnOf(definition.name), this.environment());
    this.functions.set(definition.name, created);
    return created;
  }

  arnOf(name: string): string {
    return `arn:aws:lambda:${this.context.region}:${this.context.account}:function:${name}`;
  }

  /** @throws ServiceFault `ResourceNotFoundException` */
  get(name: string): LambdaFunction {
    const found = this.functions.get(name);
    if (found) return found;
    throw new ServiceFault('ResourceNotFoundException', `Function not found: ${this.arnOf(name)}`, 404);
  }

  has(arn: string): boolean {
    return this.functions.get(arn.slice(arn.lastIndexOf(':') + 1))?.arn === arn;
  }

  /**
   * One synchronous invocation. Injected faults of the service `Lambda` with the function as operation let it fail: before
   * the handler runs, or after it with its work done.
   *
   * @returns JSON
   * @throws LambdaError
   */
  async invoke(name: string, event: string): Promise<string> {
    const target = this.get(name);
    return this.context.work.track(`invocation of ${name}`, async () => {
      const fault = this.context.faults.forCall('Lambda', name);
      const crash = new LambdaError('Runtime.ExitError', 'The process was killed by an injected fault');
      try {
        if (fault?.when === 'before') throw crash;
        const result = await target.invoke(event);
        if (fault) throw crash;
        return result;
      } catch (error) {
        if (fault) target.kill();
        const failed = error as LambdaError;
        this.failures.push({ functionName: name, event, error: failed, isFinal: false });
        throw failed;
      }
    });
  }

  /** As EventBridge and SNS invoke: returns at once, repeats twice, then gives the event to the dead letters. */
  invokeAsync(arn: string, event: string): void {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    this.get(name);
    void this.context.work.track(`asynchronous invocation of ${name}`, () => this.persist(name, event));
  }

  /**
   * Kills the process of a function that makes a call, if one does.
   *
   * @param traceHeader `X-Amzn-Trace-Id` of the call
   */
  killCaller(traceHeader: string | undefined): void {
    const traceId = /Root=([\w-]+)/.exec(traceHeader ?? '')?.[1];
    if (traceId !== undefined) for (const one of this.functions.values()) one.killCaller(traceId);
  }

  async close(): Promise<void> {
    this.closed.abort();
    for (const one of this.functions.values()) one.kill();
  }

  private async persist(name: string, event: string): Promise<void> {
    const { retries = RETRY_AFTER.length } = this.get(name).definition;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.invoke(name, event);
        return;
      } catch (error) {
        if (this.closed.signal.aborted) return;
        if (attempt === retries) {
          this.giveUp(name, event, error as LambdaError, attempt + 1);
          return;
        }
        const { signal } = this.closed;
        await sleep(RETRY_AFTER[attempt]! * this.context.secondMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  }

  private giveUp(name: string, event: string, error: LambdaError, attempts: number): void {
    const { definition, arn } = this.get(name);
    this.failures.push({ functionName: name, event, error, isFinal: true });
    if (definition.deadLetterArn !== undefined) this.deadLetters.send(definition.deadLetterArn, event);
    if (definition.onFailureArn === undefined) return;
    const record = {
      version: '1.0',
      timestamp: this.context.now().toISOString(),
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: attempts,
      },
      requestPayload: JSON.parse(event),
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: error.name, errorMessage: error.message, trace: error.trace },
    };
    this.deadLetters.send(definition.onFailureArn, JSON.stringify(record));
  }
}
