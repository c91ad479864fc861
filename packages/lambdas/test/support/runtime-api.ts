import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type InvocationResult =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: RuntimeError };

export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly settle: (result: InvocationResult) => void;
}

const PREFIX = '/2018-06-01/runtime';

/** Stands in for the Runtime API of Lambda: hands events to one runtime, one after the other, and takes its answers. */
export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#handle(request, response));
  readonly #queued: Invocation[] = [];
  readonly #taken = new Map<string, Invocation>();
  #waiting: ServerResponse | undefined;
  #count = 0;

  #fatal: RuntimeError | undefined;

  /** @returns host and port */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  invoke(event: unknown): Promise<InvocationResult> {
    this.#count += 1;
    const id = `00000000-0000-4000-8000-${String(this.#count).padStart(12, '0')}`;
    return new Promise((settle) => {
      if (this.#fatal !== undefined) return settle({ kind: 'error', error: this.#fatal });
      this.#queued.push({ id, event, settle });
      this.#hand();
    });
  }

  /** There is no runtime any more: ends every invocation that has no answer yet, and every later one. */
  fail(error: RuntimeError): void {
    this.#fatal ??= error;
    for (const { settle } of [...this.#taken.values(), ...this.#queued]) settle({ kind: 'error', error });
    this.#taken.clear();
    this.#queued.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path === `${PREFIX}/invocation/next`) {
      this.#waiting = response;
      return this.#hand();
    }
    const body = JSON.parse((await text(request)) || 'null');
    const [, id, kind] = new RegExp(`^${PREFIX}/invocation/([^/]+)/(response|error)$`).exec(path) ?? [];
    if (id !== undefined) {
      this.#taken.get(id)?.settle(kind === 'error' ? { kind, error: body } : { kind: 'answer', value: body });
      this.#taken.delete(id);
    } else if (path === `${PREFIX}/init/error`) {
      this.fail(body);
    }
    response.writeHead(202).end('{}');
  }

  #hand(): void {
    const invocation = this.#waiting === undefined ? undefined : this.#queued.shift();
    if (invocation === undefined) return;
    this.#taken.set(invocation.id, invocation);
    this.#waiting?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:weir-test',
      'lambda-runtime-trace-id': `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`,
    });
    this.#waiting?.end(JSON.stringify(invocation.event));
    this.#waiting = undefined;
  }
}
