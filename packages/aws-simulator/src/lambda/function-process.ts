import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { LambdaError } from './lambda-error.ts';
import { LogReader } from './log-reader.ts';

const RUNTIME = join(import.meta.dirname, 'runtime/runtime.mjs');

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** Sent along with every call that the function makes to a service. */
  readonly traceId: string;
  /** Real milliseconds that the handler may take. */
  readonly timeoutMs: number;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memory: number;
}

type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: string }
  | {
      readonly kind: 'error' | 'init-error';
      readonly error: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] };
    };

/** Real milliseconds until a process has loaded its modules. They do not count as time of the handler, as on AWS. */
const LONGEST_START_MS = 60_000;

/** One process of a function: one invocation at a time, its modules and its memory kept in between. */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  private settle: ((answer: Answer | LambdaError) => void) | undefined;
  private readonly logs: readonly LogReader[];
  private isDead = false;

  constructor(options: {
    bundle: string;
    handlerName: string;
    environment: Readonly<Record<string, string>>;
    memory: number;
    log: (line: string) => void;
  }) {
    this.child = fork(RUNTIME, [options.bundle, options.handlerName], {
      env: { ...options.environment },
      execArgv: [`--max-old-space-size=${options.memory}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.logs = [this.child.stdout!, this.child.stderr!].map((stream) => new LogReader(stream, options.log));
    this.child.on('message', (answer: Answer) => {
      if (answer.kind === 'init-error') this.isDead = true;
      this.settle?.(answer);
    });
    // Not at its exit: its last lines are still to be read then.
    this.child.on('close', (code, signal) => {
      this.isDead = true;
      this.settle?.(new LambdaError('Runtime.ExitError', `The process ended with ${signal ?? `exit code ${code}`}`));
    });
    this.child.on('error', (error) => this.settle?.(new LambdaError('Runtime.ExitError', error.message)));
    this.ready = this.next().then(() => undefined);
    this.ready.catch(() => undefined);
  }

  get isUsable(): boolean {
    return !this.isDead;
  }

  /**
   * @returns JSON
   * @throws LambdaError whatever went wrong; after a time-out or an end of the process it is not usable any more
   */
  async invoke(invocation: Invocation): Promise<string> {
    await this.within(LONGEST_START_MS, this.ready);
    return this.within(invocation.timeoutMs, this.run(invocation));
  }

  kill(): void {
    this.isDead = true;
    this.child.kill('SIGKILL');
  }

  private async within<T>(ms: number, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new LambdaError('Sandbox.Timedout', `Task timed out after ${(ms / 1000).toFixed(2)} seconds`));
        this.kill();
      }, ms);
    });
    try {
      return await Promise.race([work, timedOut]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async run(invocation: Invocation): Promise<string> {
    const answer = this.next();
    const logged = Promise.all(this.logs.map((log) => log.untilEnd()));
    this.child.send(invocation);
    const answered = await answer.finally(() => this.isDead || logged);
    return answered.kind === 'result' ? answered.result : 'null';
  }

  private next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.settle = (answer) => {
        this.settle = undefined;
        if (answer instanceof LambdaError) reject(answer);
        else if (answer.kind === 'error' || answer.kind === 'init-error') {
          const { errorType, errorMessage, trace } = answer.error;
          reject(new LambdaError(errorType, errorMessage, trace));
        } else resolve(answer);
      };
    });
  }
}
