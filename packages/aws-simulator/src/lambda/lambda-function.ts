import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { FunctionProcess } from './function-process.ts';

export interface FunctionDefinition {
  readonly name: string;
  /** Path of the module. */
  readonly bundle: string;
  /** `index.handler`: what stands before the dot is not looked at. */
  readonly handler: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Real seconds; 3 on AWS where it is left out, and here. */
  readonly timeout?: number;
  /** MB. */
  readonly memory?: number;
  /** How many invocations run at once at most; further ones wait. */
  readonly concurrency?: number;
  /** The queue that gets the event of an asynchronous invocation that failed for good, as it was. */
  readonly deadLetterArn?: string;
  /** Where a record of such an invocation goes, with its event and its error: the destination on failure. */
  readonly onFailureArn?: string;
  /** How often an asynchronous invocation is repeated; 2 where it is left out. */
  readonly retries?: number;
}

/** A function and its processes. */
export class LambdaFunction {
  readonly definition: FunctionDefinition;
  readonly arn: string;
  readonly logs: string[] = [];
  private readonly environment: Readonly<Record<string, string>>;
  private readonly idle: FunctionProcess[] = [];
  private readonly all = new Set<FunctionProcess>();
  private readonly waiting: (() => void)[] = [];
  /** Which process makes calls under which trace. */
  private readonly callers = new Map<string, FunctionProcess>();
  private running = 0;

  constructor(definition: FunctionDefinition, arn: string, environment: Readonly<Record<string, string>>) {
    this.definition = definition;
    this.arn = arn;
    const { name, bundle, handler, memory = 128 } = definition;
    this.environment = {
      PATH: process.env.PATH ?? '',
      ...environment,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'simulated',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: dirname(bundle),
      _HANDLER: handler,
      TZ: ':UTC',
      ...definition.environment,
    };
  }

  /** @throws LambdaError */
  async invoke(event: string): Promise<string> {
    const { name, timeout = 3, memory = 128, concurrency = 2 } = this.definition;
    if (this.running >= concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    const process = this.takeIdle() ?? this.start();
    const requestId = randomUUID();
    const traceId = `1-00000000-${requestId.replaceAll('-', '').slice(0, 24)}`;
    try {
      this.callers.set(traceId, process);
      const names = { functionName: name, functionArn: this.arn };
      return await process.invoke({ requestId, traceId, event, timeoutMs: timeout * 1000, memory, ...names });
    } finally {
      this.callers.delete(traceId);
      if (process.isUsable) this.idle.push(process);
      else this.all.delete(process);
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** As a crash of the machine would: whatever runs is gone. */
  kill(): void {
    for (const process of this.all) process.kill();
    this.all.clear();
    this.idle.length = 0;
  }

  /** Kills the process that makes calls under the trace, in the middle of its work. */
  killCaller(traceId: string): void {
    this.callers.get(traceId)?.kill();
  }

  /** One that ended by itself meanwhile is not taken. */
  private takeIdle(): FunctionProcess | undefined {
    for (let found = this.idle.pop(); found; found = this.idle.pop()) if (found.isUsable) return found;
    return undefined;
  }

  private start(): FunctionProcess {
    const { bundle, handler, memory = 128 } = this.definition;
    const handlerName = handler.slice(handler.lastIndexOf('.') + 1);
    const started = new FunctionProcess({
      bundle,
      handlerName,
      environment: this.environment,
      memory,
      log: (line) => this.logs.push(line),
    });
    this.all.add(started);
    return started;
  }
}
