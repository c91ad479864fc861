import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between programs and a server, and holds back requests of a test's choice until the test lets them go. */
export class HoldingProxy {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #rules: Rule[];

  private constructor(server: Server, rules: Rule[]) {
    this.#server = server;
    this.#rules = rules;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(target: string): Promise<HoldingProxy> {
    const rules: Rule[] = [];
    const server = createServer(async (incoming, outgoing) => {
      const name = `${incoming.method} ${incoming.url}`;
      for (const rule of rules) if (rule.isHeld(name)) await rule.hold();
      const { hostname, port } = new URL(target);
      const { method, url, headers } = incoming;
      const passed = request({ hostname, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      outgoing.on('error', () => passed.destroy());
      incoming.pipe(passed);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HoldingProxy(server, rules);
  }

  /** Holds back every request whose method and path match. */
  hold(pattern: RegExp): Held {
    const rule = new Rule(pattern);
    this.#rules.push(rule);
    return rule;
  }

  async close(): Promise<void> {
    for (const rule of this.#rules) rule.release();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface Held {
  /** Resolves when as many requests were held back. */
  came(count: number): Promise<void>;
  /** Lets them go, and all that come after them. */
  release(): void;
}

class Rule implements Held {
  readonly #pattern: RegExp;
  #count = 0;
  #waiting: { count: number; resolve: () => void }[] = [];
  #release!: () => void;
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  isHeld(name: string): boolean {
    return this.#pattern.test(name);
  }

  async hold(): Promise<void> {
    this.#count++;
    for (const { count, resolve } of this.#waiting) if (this.#count >= count) resolve();
    await this.#released;
  }

  came(count: number): Promise<void> {
    if (this.#count >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  release(): void {
    this.#release();
  }
}
