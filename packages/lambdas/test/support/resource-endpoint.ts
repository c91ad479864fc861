import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ResourceAnswerSeen {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stands in for the address at which CloudFormation waits for answers. */
export class ResourceEndpoint {
  readonly answers: ResourceAnswerSeen[] = [];
  /** What it answers itself. */
  status = 200;
  readonly #server = createServer(async (request, response) => {
    const { method, headers } = request;
    this.answers.push({ method, contentType: headers['content-type'], body: JSON.parse(await text(request)) });
    response.writeHead(this.status).end();
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/arn%3Aaws%3Acloudformation?signature=secret`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
