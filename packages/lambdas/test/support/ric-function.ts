import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type InvocationResult, RuntimeApi } from './runtime-api.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** Builds the client of Lambda's runtime where that was not done yet, which takes a minute. Gives its program. */
export function buildRic(): string {
  const script = join(ROOT, 'scripts/build-ric.mjs');
  return execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim();
}

/** One function as Lambda runs it: a process with its bundle under aws-lambda-ric, fed by a stand-in of the Runtime API. */
export class RicFunction {
  readonly #api: RuntimeApi;
  readonly #process: ChildProcess;
  #output = '';

  private constructor(api: RuntimeApi, child: ChildProcess) {
    this.#api = api;
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        this.#output += chunk;
      });
    }
    child.once('exit', (code, signal) => {
      api.fail({ errorType: 'Runtime.ExitError', errorMessage: `The runtime ended with ${signal ?? code}.` });
    });
  }

  static async start(ric: string, folder: string, environment: Readonly<Record<string, string>>): Promise<RicFunction> {
    const api = new RuntimeApi();
    const address = await api.listen();
    const child = spawn(process.execPath, [ric, 'index.handler'], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        AWS_LAMBDA_RUNTIME_API: address,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'index.handler',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'weir-test',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/weir-test',
        AWS_LAMBDA_LOG_STREAM_NAME: 'test',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RicFunction(api, child);
  }

  invoke(event: unknown): Promise<InvocationResult> {
    return this.#api.invoke(event);
  }

  /** Every line that the function wrote so far. */
  lines(): readonly string[] {
    return this.#output.split('\n').filter((line) => line !== '');
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    if (this.#process.exitCode === null && this.#process.kill('SIGKILL')) await ended;
    await this.#api.close();
  }
}
